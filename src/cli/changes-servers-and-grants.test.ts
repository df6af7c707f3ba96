import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecrets, openServerAuth } from '../store/index.ts';
import { openBench, type Bench } from './testing/run.ts';

const ALLOW = { version: '1', default: 'allow' };
const URL_OF = (name: string): string[] => ['--url', `https://${name}.example/mcp`];

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.close());

async function run(...args: string[]): Promise<string> {
  const ran = await bench.run(...args);
  expect(ran, ran.err).toMatchObject({ code: 0 });
  return ran.out;
}

async function stored(slug: string) {
  const { store, registry } = await bench.open();
  try {
    const row = (await store.servers.get(slug))!;
    return { row, auth: openServerAuth(registry.box, row), headers: openSecrets(registry.box, row) };
  } finally {
    await store.close();
  }
}

describe('how the gateway gets into a server', () => {
  it('takes what the API takes, secrets from variables only', async () => {
    bench.variables['THEIR_SECRET'] = 'client-secret';
    bench.variables['THEIR_TOKEN'] = 'fixed-token';
    const client = ['--client-id', 'me', '--client-secret-env', 'THEIR_SECRET'];
    await run(
      'server',
      'add',
      'one',
      ...URL_OF('one'),
      '--auth',
      'oauth',
      ...client,
      '--scope',
      'a',
      '--scope',
      'b',
    );
    expect((await stored('one')).auth).toEqual({
      kind: 'oauth',
      clientId: 'me',
      clientSecret: 'client-secret',
      scopes: ['a', 'b'],
    });
    expect((await stored('one')).row.auth).not.toHaveProperty('clientSecret');
    const own = await run('server', 'add', 'own', ...URL_OF('own'), '--auth', 'oauth', '--per-user');
    expect(own).toContain('Everybody connects for themself at http://127.0.0.1:8080/servers/own');
    expect((await stored('own')).auth).toEqual({ kind: 'oauth', perUser: true });
    await run('server', 'set', 'own', '--auth', 'client_credentials', ...client);
    expect((await stored('own')).auth).toMatchObject({ kind: 'client_credentials', clientId: 'me' });
    await run('server', 'set', 'own', '--auth', 'bearer', '--token-env', 'THEIR_TOKEN');
    expect(await stored('own')).toMatchObject({
      auth: null,
      headers: { Authorization: 'Bearer fixed-token' },
    });
    await run('server', 'set', 'own', '--auth', 'none');
    expect((await stored('own')).headers).toEqual({});
  });

  it('changes what is named and keeps the rest', async () => {
    await run('server', 'add', 'one', ...URL_OF('one'), '--header', 'X-A: 1', '--header', 'X-B: 2');
    await run('server', 'set', 'one', '--header', 'X-C: 3', '--remove-header', 'x-a', '--name', 'First');
    expect(await stored('one')).toMatchObject({
      row: { name: 'First', slug: 'one', url: 'https://one.example/mcp', caseSensitive: false },
      headers: { 'X-B': '2', 'X-C': '3' },
    });
    await run('server', 'set', 'one', '--case-sensitive', '--transport', 'sse');
    expect((await stored('one')).row).toMatchObject({ caseSensitive: true, transport: 'sse' });
    await run('server', 'set', 'one', '--no-case-sensitive');
    expect((await stored('one')).row.caseSensitive).toBe(false);
  });

  it.each([
    [2, 'goes with --auth oauth', ['--per-user']],
    [2, 'goes with --auth oauth', ['--auth', 'client_credentials', '--per-user']],
    [2, 'goes with --auth bearer', ['--auth', 'oauth', '--token-env', 'HOME']],
    [2, '--token-env is missing', ['--auth', 'bearer']],
    [2, 'there is no such variable', ['--auth', 'bearer', '--token-env', 'NOT_SET']],
    [2, 'needs --client-id', ['--auth', 'client_credentials']],
    [2, 'Allowed choices', ['--auth', 'basic']],
    [1, '/headers/Authorization', ['--auth', 'oauth', '--header', 'Authorization: x']],
    [1, '/auth/scopes/0', ['--auth', 'oauth', '--scope', 'two words']],
  ])('exits with %i and says %s for %j', async (code, said, options) => {
    const ran = await bench.run('server', 'add', 'one', ...URL_OF('one'), ...options);
    expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(said)]);
    expect(await run('server', 'list')).toBe('(none)');
  });

  it('a program has no OAuth, and nothing to change is no change', async () => {
    const stdio = await bench.run('server', 'add', 'one', '--stdio', '--auth', 'oauth', '--', 'node');
    expect([stdio.code, stdio.err]).toEqual([2, expect.stringContaining('--auth go with --url')]);
    await run('server', 'add', 'two', ...URL_OF('two'));
    expect(await bench.run('server', 'set', 'two')).toMatchObject({ code: 2 });
  });
});

describe('grant set', () => {
  beforeEach(async () => {
    const policy = await bench.file('p.json', ALLOW);
    for (const server of ['one', 'two', 'three']) {
      await run('server', 'add', server, ...URL_OF(server));
      for (const name of ['p', 'q']) await run('policy', 'set', server, name, policy);
    }
  });
  const shown = async (): Promise<string> => {
    const { slugs, names, servers } = await reach();
    return servers
      .map((one) => `${slugs.get(one.serverId)} ${names.get(one.policyId ?? '') ?? 'none'}`)
      .join(', ');
  };
  const reach = async () => {
    const list = async <T>(group: string) => JSON.parse(await run(group, 'list', '--json')) as T[];
    type Named = { id: string; slug: string; name: string };
    const [grant] = await list<{ servers: { serverId: string; policyId: string | null }[] }>('grant');
    return {
      slugs: new Map((await list<Named>('server')).map(({ id, slug }) => [id, slug])),
      names: new Map((await list<Named>('policy')).map(({ id, name }) => [id, name])),
      servers: grant!.servers,
    };
  };

  it('changes its servers under the same token, says what changed, and keeps policies that stay', async () => {
    const token = await run('grant', 'mint', 'one', '--policy', 'q', '--label', 'alice');
    const out = await run('grant', 'set', 'alice', '--server', 'one', '--server', 'two', '--policy', 'two/p');
    expect(out).toBe('Changed alice.\n+ two (policy p)');
    expect(await shown()).toBe('one q, two p');
    expect(await run('grant', 'set', 'alice', '--server', 'two', '--server', 'three')).toBe(
      'Changed alice.\n- one\n+ three (no policy: every call is denied)',
    );
    expect(await shown()).toBe('two p, three none');
    expect(await run('grant', 'set', 'alice', '--policy', 'q')).toBe(
      'Changed alice.\n~ two (policy q)\n~ three (policy q)',
    );
    expect(await run('grant', 'reveal', 'alice')).toBe(token);
  });

  it('changes label, tags and expiry', async () => {
    await run('grant', 'mint', 'one', '--label', 'a', '--tag', 'x', '--expires', '2099-01-31T00:00:00Z');
    await run('grant', 'set', 'a', '--label', 'b', '--tag', 'y', '--no-expires');
    const [grant] = JSON.parse(await run('grant', 'list', '--json'));
    expect(grant).toMatchObject({ label: 'b', tags: ['y'], expiresAt: null });
  });

  it.each([
    [2, 'something to change', []],
    [1, 'There is no server', ['--server', 'nobody']],
    [1, 'stands twice', ['--server', 'one', '--server', 'one']],
    [1, 'no policy of this server', ['--server', 'one', '--policy', 'nothing']],
    [1, 'no member', ['--person', 'nobody@example.com']],
  ])('exits with %i and says "%s" for %j, and changes nothing', async (code, said, options) => {
    await run('grant', 'mint', 'one', '--policy', 'q', '--label', 'alice');
    const ran = await bench.run('grant', 'set', 'alice', ...options);
    expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(said)]);
    expect(await shown()).toBe('one q');
  });
});
