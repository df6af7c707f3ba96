import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBench, type Bench } from './testing/run.ts';

const TOOLS = [
  { name: 'list_items', description: 'Lists items.', inputSchema: { type: 'object', properties: {} } },
  {
    name: 'run_command',
    description: 'Runs a shell command.',
    inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
  },
];
const OPEN = { version: '1', default: 'allow' };
const SHUT = { version: '1', default: 'deny' };

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.close());

async function attack(policy: object, tools: object, ...more: string[]) {
  const file = await bench.file('policy.json', policy);
  return bench.run('policy', 'attack', file, '--tools', await bench.file('tools.json', tools), ...more);
}

/** The path of a program that lists the tools and does nothing else. */
function listingServer(): Promise<string> {
  return bench.file(
    'server.mjs',
    `import { createInterface } from 'node:readline';
      const tools = ${JSON.stringify(TOOLS)};
      createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, method, params } = JSON.parse(line);
        if (id === undefined) return;
        const result = method === 'initialize'
          ? { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } }
          : method === 'tools/list' ? { tools } : undefined;
        const answer = result === undefined ? { error: { code: -32601, message: 'unknown' } } : { result };
        console.log(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
      });`,
  );
}

describe('policy attack', () => {
  it('says of each pattern that fits how it ends', async () => {
    const { code, out } = await attack(OPEN, TOOLS);
    expect(code).toBe(0);
    expect(out).toMatch(/^OUTCOME +PATTERN +TOOL +BY +CALLS$/m);
    expect(out).toMatch(/^got through +shell-destruction +run_command +1 of 1 passed$/m);
    expect(out).not.toContain('sql-destruction');
    expect(out).toMatch(/\d+ of \d+ attack patterns fit these tools: 0 stopped, 0 limited, \d+ got through$/);
    expect((await attack(SHUT, { result: { tools: TOOLS } })).out).toMatch(
      /^stopped +shell-destruction +run_command +\(default deny\) +0 of 1 passed$/m,
    );
  });

  it('fails on a gap only when asked to, and only where there is one', async () => {
    expect((await attack(OPEN, TOOLS, '--fail-on-gap')).code).toBe(1);
    expect((await attack(SHUT, TOOLS, '--fail-on-gap')).code).toBe(0);
  });

  it('prints JSON', async () => {
    const coverage = JSON.parse((await attack(SHUT, { tools: TOOLS }, '--json')).out) as {
      fits: number;
      stopped: number;
      results: { slug: string; steps: object[] }[];
    };
    expect(coverage.stopped).toBe(coverage.fits);
    expect(coverage.results.find(({ slug }) => slug === 'shell-destruction')?.steps[0]).toMatchObject({
      tool: 'run_command',
      rule: '(default deny)',
    });
  });

  it('asks a server on stdio for its tools', async () => {
    const policy = await bench.file('policy.json', SHUT);
    const server = await listingServer();
    const ran = await bench.run('policy', 'attack', policy, '--', process.execPath, server);
    expect(ran.err).toBe('');
    expect(ran.out).toContain('shell-destruction');
  });

  it('takes the tools of a registered server', async () => {
    await bench.run('server', 'add', 'one', '--url', 'http://127.0.0.1:9/mcp');
    const policy = await bench.file('policy.json', OPEN);
    const { code, out } = await bench.run('policy', 'attack', policy, '--server', 'one');
    expect(code).toBe(0);
    expect(out).toContain('tool-poisoning');
    expect(out).not.toContain('shell-destruction');
  });

  it('wants one source of tools, and one that can be read', async () => {
    const policy = await bench.file('policy.json', OPEN);
    expect((await bench.run('policy', 'attack', policy)).code).toBe(2);
    expect(
      (await bench.run('policy', 'attack', policy, '--server', 'a', '--upstream', 'http://a.example')).code,
    ).toBe(2);
    expect((await attack(OPEN, { nothing: 1 })).err).toContain('must hold tool definitions');
    expect((await attack({ version: '1' }, TOOLS)).code).toBe(1);
  });
});

it('scan --attack says how the recommended policy fares', async () => {
  const ran = await bench.run('scan', '--attack', '--', process.execPath, await listingServer());
  expect(ran.err).toMatch(/server\.mjs: \d+ of \d+ attack patterns fit these tools: \d+ stopped/);
  expect(ran.err).toMatch(/^ {2}got through: .*shell-destruction/m);
});
