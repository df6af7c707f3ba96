import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redisUrl } from '../../tests/kit/redis.ts';
import { hashToken, isWellFormedToken } from '../store/index.ts';
import { openBench, type Bench } from './testing/run.ts';

const POLICY =
  '{"version":"1","default":"deny","tools":{"exec":{"require":[{"conditions":[{"path":"args.timeout","op":"lte","value":60}],"on_deny":"60 s at most."}]}}}';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.close());

describe('usage', () => {
  it.each([
    ['nonsense'],
    ['server'],
    ['server', 'add'],
    ['server', 'add', 'a'],
    ['server', 'add', 'a', '--url', 'https://a.example', '--stdio'],
    ['server', 'add', 'a', '--url', 'https://a.example', '--header', 'x'],
    ['grant', 'mint', 'a', '--expires', 'soon'],
    ['grant', 'mint', 'a', '--expires', '2099-02-31'],
    ['grant', 'mint', 'a', '--expires', '2099-01-31 (noon)'],
    ['log', 'tail', '-n', '0'],
    ['policy', 'explain', 'x', '--tool', 'a', '--arguments', '[]'],
  ])('exits with 2 for a wrong command line: %s %s %s', async (...args) => {
    const ran = await bench.run(...args.filter((arg) => arg !== undefined));
    expect(ran.code).toBe(2);
    expect(ran.err).not.toBe('');
    expect(ran.err).not.toContain('    at ');
  });

  it('exits with 0 for help and version', async () => {
    expect((await bench.run('--version')).out).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await bench.run('server', 'add', '--help')).out).toContain('--stdio');
  });

  it('names a variable that is wrong, in one line', async () => {
    bench.variables['PORTCULLIS_PORT'] = 'x';
    const ran = await bench.run('server', 'list');
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain('PORTCULLIS_PORT must be a port');
    expect(ran.err.split('\n')).toHaveLength(1);
  });
});

it('registers, guards, grants, and takes back', async () => {
  expect(
    (
      await bench.run(
        'server',
        'add',
        'Orgo',
        '--url',
        'https://example.com/mcp',
        '--header',
        'X-Key: secret',
      )
    ).out,
  ).toContain('/mcp/orgo');
  const stdio = await bench.run(
    'server',
    'add',
    'files',
    '--stdio',
    '--env',
    'A=b',
    '--cwd',
    '/',
    '--json',
    '--',
    'node',
    'server.js',
    '--flag',
  );
  expect(JSON.parse(stdio.out)).toMatchObject({
    transport: 'stdio',
    command: 'node',
    headerNames: ['A'],
    source: 'cli',
  });
  expect(await bench.run('server', 'add', 'orgo', '--url', 'https://b.example')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is a server with this slug'),
  });
  const policy = await bench.file('p.json', POLICY);
  expect((await bench.run('policy', 'set', 'orgo', 'exec', policy)).out).toBe('Saved exec, version 1.');
  expect((await bench.run('policy', 'set', 'orgo', 'exec', policy)).out).toBe('Saved exec, version 2.');
  const minted = await bench.run('grant', 'mint', 'orgo', '--policy', 'exec', '--label', 'alice');
  expect(isWellFormedToken(minted.out)).toBe(true);
  expect((await bench.run('grant', 'reveal', 'orgo/alice')).out).toBe(minted.out);
  const rotated = await bench.run('grant', 'rotate', 'alice', '--overlap', '60');
  expect(rotated.out).not.toBe(minted.out);
  for (const list of ['server', 'policy', 'grant']) {
    const json = await bench.run(list, 'list', '--json');
    expect(JSON.parse(json.out).length).toBeGreaterThan(0);
    expect(json.out).not.toContain('secret');
    expect((await bench.run(list, 'list')).out).toContain('orgo');
  }
  expect((await bench.run('grant', 'revoke', 'alice')).code).toBe(0);
  expect((await bench.run('grant', 'list')).out).toContain('revoked');
  expect((await bench.run('server', 'remove', 'orgo')).code).toBe(0);
  expect(await bench.run('server', 'remove', 'orgo')).toMatchObject({
    code: 1,
    err: 'portcullis: There is no server with this id.',
  });
});

it('mints keys for the API', async () => {
  const { out } = await bench.run('admin', 'key', '--role', 'viewer', '--label', 'ci');
  expect(out).toMatch(/^pca_/);
  const installation = await bench.open();
  expect(await installation.store.apiKeys.list()).toMatchObject([
    { role: 'viewer', label: 'ci', keyHash: hashToken(out) },
  ]);
  await installation.store.close();
});

describe('policy', () => {
  it('validate: one line for each problem, with its place', async () => {
    const good = await bench.file('good.json', POLICY);
    const bad = await bench.file('bad.json', '{"version":"1",\n "default":"deny",\n "tolls":{}}');
    expect(await bench.run('policy', 'validate', good)).toMatchObject({ code: 0, out: `${good}: ok` });
    const ran = await bench.run('policy', 'validate', good, bad);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/bad\.json:3:\d+ \/tolls /);
    expect((await bench.run('policy', 'validate', join(bench.home, 'none.json'))).code).toBe(1);
  });

  it('refuses a configuration of several documents, in words of its own', async () => {
    const file = await bench.file('several.yaml', 'servers: []\n---\nservers: []\n');
    const ran = await bench.run('apply', file);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain('2:1 expected one document, not several');
  });

  it('refuses a file whose bytes are no UTF-8, whatever reads it', async () => {
    const latin = await bench.file('latin.json', '');
    const text = '{"version":"1","default":"allow","hide":["caf\u00e9"]}';
    await writeFile(latin, Buffer.from(text, 'latin1'));
    await bench.run('server', 'add', 'shop', '--url', 'https://shop.example/mcp');
    const configuration = await bench.file('latin.yaml', {
      servers: [{ name: 'bar', url: 'https://bar.example/mcp' }],
      policies: [{ name: 'p', server: 'bar', file: 'latin.json' }],
    });
    for (const args of [
      ['policy', 'validate', latin],
      ['policy', 'lint', latin],
      ['policy', 'set', 'shop', 'p', latin],
      ['policy', 'import', latin],
      ['apply', configuration],
    ]) {
      const ran = await bench.run(...args);
      expect([args[1], ran.code, ran.out]).toEqual([args[1], 1, '']);
      expect(ran.err).toContain('cannot be read (not UTF-8)');
    }
    await writeFile(latin, text);
    expect((await bench.run('policy', 'set', 'shop', 'p', latin)).code).toBe(0);
  });

  it('explain: every step, without a database', async () => {
    const file = await bench.file('p.json', POLICY);
    const ran = await bench.run('policy', 'explain', file, '--tool', 'exec', '--arguments', '{"timeout":90}');
    expect(ran.out).toContain('/tools/exec/require/0');
    const json = await bench.run(
      'policy',
      'explain',
      file,
      '--tool',
      'exec',
      '--arguments',
      '{"timeout":9}',
      '--json',
    );
    expect(JSON.parse(json.out)).toMatchObject({ outcome: 'allow' });
    await expect(readFile(join(bench.home, 'portcullis.db'))).rejects.toThrow('ENOENT');
  });

  it('test: plays the cases beside it', async () => {
    const file = await bench.file('p.json', POLICY);
    expect((await bench.run('policy', 'test', file)).err).toContain('p.test.yaml');
    await bench.file('p.test.json', { cases: [] });
    expect(await bench.run('policy', 'test', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('/cases expected at least one case') as string,
    });
    await bench.file(
      'p.test.yaml',
      'cases:\n  - name: short\n    call: { tool: exec, arguments: { timeout: 5 } }\n    expect: allow\n  - name: long\n    call: { tool: exec, arguments: { timeout: 90 } }\n    expect: deny\n    rule: /tools/exec/require/0\n',
    );
    expect(await bench.run('policy', 'test', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 of 2 cases hold'),
    });
    await bench.file(
      'p.test.yaml',
      'cases:\n  - { name: wrong, call: { tool: other }, expect: allow }\n  - { call: { tool: other }, expect: deny }\n',
    );
    expect(await bench.run('policy', 'test', file)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/FAIL {2}wrong: expected allow, is deny.*\nok {4}case 2\n1 of 2/),
    });
  });

  it('import: the document on standard output, changes on standard error', async () => {
    const file = await bench.file(
      'i.yaml',
      'version: "1"\ntools:\n  exec:\n    rules:\n      - name: never\n        action: deny\n',
    );
    const ran = await bench.run('policy', 'import', file);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({
      version: '1',
      tools: { exec: { deny_if: [{ conditions: [] }] } },
    });
    expect(ran.err).not.toBe('');
  });

  it('lint: exit code 1 when there is something to say', async () => {
    expect(
      (await bench.run('policy', 'lint', await bench.file('p.json', '{"version":"1","default":"deny"}')))
        .code,
    ).toBe(0);
    const odd = await bench.file(
      'odd.json',
      '{"version":"1","default":"deny","tools":{"a":{"limits":[{"counter":"c","window":"day","max":0}]}}}',
    );
    expect((await bench.run('policy', 'lint', odd)).code).toBe(1);
  });
});

it('apply: shows first, then does', async () => {
  const file = await bench.file('c.yaml', 'servers:\n  - { name: a, url: https://a.example }\n');
  expect((await bench.run('apply', '--dry-run', file)).out).toBe(
    '+ server a\n1 to change; nothing was changed.',
  );
  expect((await bench.run('server', 'list', '--json')).out).toBe('[]');
  expect((await bench.run('apply', file)).out).toBe('+ server a\n1 changed.');
  expect((await bench.run('apply', file)).out).toBe('Nothing to change.');
  await bench.file('c.yaml', 'servers:\n  - { name: a, ulr: https://a.example }\n');
  expect(await bench.run('apply', file)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/2:\d+ \/servers\/0\/ulr .*did you mean url/),
  });
});

describe('doctor', () => {
  it('says what is fine', async () => {
    bench.variables['PORTCULLIS_PORT'] = '0';
    const ran = await bench.run('doctor');
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('database: sqlite, writable') });
  });

  it('says what is wrong, and what to do', async () => {
    bench.variables['PORTCULLIS_MASTER_KEY'] = 'short';
    expect(await bench.run('doctor')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/PROBLEM +master key: .* → restore/),
    });
    delete bench.variables['PORTCULLIS_MASTER_KEY'];
    await bench.file('portcullis.yaml', 'servers: 7');
    expect(await bench.run('doctor')).toMatchObject({
      code: 1,
      out: expect.stringContaining('PROBLEM  configuration file'),
    });
  });

  it('asks servers, where it can', async () => {
    const asking = await openBench({ probe: () => Promise.reject(new Error('no answer')) });
    await asking.run('server', 'add', 'a', '--url', 'https://a.example');
    expect(await asking.run('doctor')).toMatchObject({
      code: 1,
      out: expect.stringContaining('PROBLEM  server a: Error: no answer'),
    });
    await asking.close();
  });

  it('asks Redis, where limits are counted there, and keeps its password to itself', async () => {
    bench.variables['PORTCULLIS_PORT'] = '0';
    bench.variables['PORTCULLIS_REDIS_URL'] = 'redis://:s3cret-word@127.0.0.1:1';
    const ran = await bench.run('doctor');
    expect(ran).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /PROBLEM +Redis: 127.0.0.1:1: .*ECONNREFUSED.* → check PORTCULLIS_REDIS_URL/,
      ),
    });
    expect(ran.out + ran.err).not.toContain('s3cret-word');
    if (redisUrl === undefined) return;
    bench.variables['PORTCULLIS_REDIS_URL'] = redisUrl;
    expect(await bench.run('doctor')).toMatchObject({ code: 0, out: expect.stringContaining('Redis: ') });
  });

  it('takes a port in use for the gateway itself', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    bench.variables['PORTCULLIS_PORT'] = String((server.address() as { port: number }).port);
    expect(await bench.run('doctor')).toMatchObject({ code: 0, out: expect.stringContaining('is taken') });
    server.close();
  });
});

it('mints one grant for several servers, each under its own policy', async () => {
  const policy = await bench.file('policy.json', { version: '1', default: 'deny' });
  for (const name of ['one', 'two', 'three']) {
    await bench.run('server', 'add', name, '--url', `https://${name}.example.com/mcp`);
    await bench.run('policy', 'set', name, 'careful', policy);
  }
  await bench.run('policy', 'set', 'two', 'own', policy);
  const servers = ['--server', 'one', '--server', 'two', '--server', 'three'];
  const policies = ['--policy', 'careful', '--policy', 'two/own'];
  const minted = await bench.run('grant', 'create', ...servers, ...policies, '--label', 'shared');
  expect(isWellFormedToken(minted.out)).toBe(true);
  expect(minted.err).toMatch(/\/mcp$/m);
  const { out } = await bench.run('grant', 'list', 'three');
  expect(out).toContain('one, two, three');
  expect(out).toContain('careful, own, careful');
  expect((await bench.run('grant', 'create')).code).toBe(2);
  expect((await bench.run('grant', 'create', ...servers, '--policy', 'own')).code).toBe(1);
});
