import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/index.ts';
import { freePort, partFile, runNode, startFixture } from '../kit/index.ts';
import { openBench, type Bench } from './bench.ts';

const everything = partFile('@modelcontextprotocol/server-everything/dist/index.js');
let bench: Bench;
let configuration: string[];

beforeAll(() => {
  bench = openBench();
  const node = process.execPath;
  bench.write('.mcp.json', {
    mcpServers: {
      everything: { command: node, args: [everything] },
      filesystem: {
        command: node,
        args: [partFile('@modelcontextprotocol/server-filesystem/dist/index.js'), bench.folder],
      },
      memory: { command: node, args: [partFile('@modelcontextprotocol/server-memory/dist/index.js')] },
      playwright: { command: node, args: [partFile('@playwright/mcp/cli.js'), '--headless'] },
      context7: { command: node, args: [partFile('@upstash/context7-mcp/dist/index.js')] },
    },
  });
  configuration = ['--config', '.mcp.json', '--yes'];
});
afterAll(() => bench.remove());

describe('a scan of real servers', () => {
  it('lists them all and finds nothing that is not there', async () => {
    const { servers, code } = await bench.report([...configuration, '--fail-on', 'MEDIUM']);
    expect(servers.map(({ name, status, toolCount }) => [name, status, toolCount])).toEqual([
      ['everything', 'asked', 13],
      ['filesystem', 'asked', 14],
      ['memory', 'asked', 9],
      ['playwright', 'asked', 25],
      ['context7', 'asked', 2],
    ]);
    expect(servers[0]).toMatchObject({ prompts: 4, identity: expect.stringContaining('everything') });
    expect(servers[0]!.resources).toBeGreaterThan(0);
    expect(servers.flatMap(({ findings }) => findings)).toEqual([]);
    expect(servers.map(({ grade }) => grade)).toEqual(['B', 'A', 'B', 'B', 'A']);
    expect(servers[2]!.tools.find(({ name }) => name === 'delete_entities')!.class).toBe('Destructive');
    expect(code).toBe(0);
  });

  it('writes every format and a policy for each server', async () => {
    const outputs = ['json', 'sarif', 'md', 'html', 'txt'].flatMap((end) => ['--output', `report.${end}`]);
    const { code, stdout, stderr } = await bench.run([
      ...configuration,
      ...outputs,
      '--policy',
      'policy.json',
    ]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/portcullis: 5\/5 /);
    expect(JSON.parse(bench.read('report.sarif'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [] }],
    });
    expect(bench.read('report.html')).toMatch(/^<!doctype html>/);
    expect(bench.read('report.md')).toContain('| B | memory |');
    expect(bench.read('report.txt')).toContain('Grade B, 5 servers; findings: none');
    const policy = parsePolicy(bench.read('policy.memory.json'));
    expect(policy.ok && policy.document.hide).toContain('delete_entities');
  });

  it('writes a lock file that the same servers match', async () => {
    expect((await bench.run([...configuration, '--update-lock'])).code).toBe(0);
    const lock = bench.read('mcp.lock.json');
    const again = await bench.report([...configuration, '--lock', 'mcp.lock.json', '--fail-on', 'low']);
    expect([again.code, again.counts]).toEqual([0, { low: 0, medium: 0, high: 0, critical: 0 }]);
    await bench.run([...configuration, '--update-lock']);
    expect(bench.read('mcp.lock.json')).toBe(lock);
  });

  it('asks a server over HTTP, and one over legacy SSE', async () => {
    for (const [kind, path] of [
      ['streamableHttp', '/mcp'],
      ['sse', '/sse'],
    ] as const) {
      const port = await freePort();
      const server = runNode(everything, [kind], { env: { PORT: String(port) } });
      try {
        await server.line(/running|listening/i);
        const transport = kind === 'sse' ? ['--transport', 'sse'] : [];
        const report = await bench.report(['--upstream', `http://127.0.0.1:${port}${path}`, ...transport]);
        expect(report.servers[0]).toMatchObject({ status: 'asked', toolCount: 13 });
      } finally {
        await server.stop();
      }
    }
  });

  it('sends the headers that it is given', async () => {
    const fixture = await startFixture('recorder');
    try {
      await bench.report(['--upstream', fixture.url, '--header', 'X-Scan: yes']);
      expect((await fixture.log()).some(({ headers }) => headers['x-scan'] === 'yes')).toBe(true);
    } finally {
      await fixture.stop();
    }
  });
});
