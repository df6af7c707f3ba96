import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE, openBench, type Bench } from './bench.ts';

let bench: Bench;
beforeEach(() => {
  bench = openBench();
});
afterEach(() => bench.remove());

const LOCKED = ['--config', '.mcp.json', '--yes', '--lock', 'mcp.lock.json', '--fail-on', 'high'];
const hostile = (...args: string[]): string[] => ['--', process.execPath, HOSTILE, ...args];
const configured = (...args: string[]): void =>
  void bench.write('.mcp.json', {
    mcpServers: { bad: { command: process.execPath, args: [HOSTILE, ...args] } },
  });

/** A zombie that nobody reaps, as under a container's careless first process, is dead. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a hostile server', () => {
  it('that poisons its definitions fails the scan', async () => {
    const { code, servers, grade } = await bench.report(['--fail-on', 'high', ...hostile('poison')]);
    expect([code, grade]).toEqual([1, 'F']);
    expect(servers[0]!.findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      'hidden-instruction critical',
      'concealment critical',
      'secret-reference critical',
      'exfiltration-parameter high',
    ]);
  });

  it('that hides a tool from some readers is found out', async () => {
    const { servers } = await bench.report(hostile('twice'));
    expect(servers[0]!.tools.map(({ name }) => name)).toEqual(['read_note']);
    expect(servers[0]!.findings).toMatchObject([{ id: 'unreadable-definition', severity: 'high' }]);
  });

  it('that answers with ten megabytes and ten thousand tools is reported within bounds', async () => {
    const outputs = ['sarif', 'md', 'html', 'txt'].flatMap((end) => ['--output', `r.${end}`]);
    expect((await bench.run([...outputs, ...hostile('huge')])).code).toBe(0);
    for (const end of ['sarif', 'md', 'html', 'txt']) {
      const text = bench.read(`r.${end}`);
      expect(text.length).toBeLessThan(500_000);
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }
    expect(bench.read('r.html')).not.toContain('<script');
    const { stdout, stderr } = await bench.run(hostile('huge'));
    expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|^::/mu);
  });

  it('sees nothing of our environment but what it needs and was given', async () => {
    const env = {
      PORTCULLIS_ADMIN_KEY: 'x'.repeat(20),
      AWS_SECRET_ACCESS_KEY: 'no',
      LANG: 'C.UTF-8',
      TMPDIR: '/tmp',
      GIVEN: '1',
    };
    const { servers } = await bench.report(['--env', 'GIVEN', ...hostile('environment')], env);
    const seen = servers[0]!.tools.map(({ name }) => name).filter((name) => !name.startsWith('__'));
    expect(seen.toSorted()).toEqual(['GIVEN', 'HOME', 'LANG', 'PATH', 'TMPDIR']);
  });

  it('that never answers is ended with all that it started', async () => {
    const file = join(bench.folder, 'pid');
    const { code, servers } = await bench.report(['--timeout', '1', ...hostile('silent', file)]);
    expect([code, servers[0]!.status]).toEqual([1, 'failed']);
    expect(servers[0]!.trouble).toMatch(/did not answer within 1 s/);
    expect(lives(Number(bench.read('pid')))).toBe(false);
  });

  it('that changes its definitions after it was looked at is found out', async () => {
    configured('turn', join(bench.folder, 'count'));
    await bench.run(['--config', '.mcp.json', '--yes', '--update-lock']);
    const { code, servers } = await bench.report(LOCKED);
    expect(code).toBe(1);
    expect(servers[0]!.findings).toMatchObject([
      { id: 'drift-changed', severity: 'high', evidence: 'description changed' },
    ]);
  });
});

describe('consent', () => {
  it('is asked for before anything of a configuration runs', async () => {
    configured('turn', join(bench.folder, 'started'));
    const { code, stderr } = await bench.run(['--config', '.mcp.json']);
    expect([code, existsSync(join(bench.folder, 'started'))]).toEqual([2, false]);
    expect(stderr).toMatch(/^portcullis: 1 server would be started or contacted: --yes agrees/);
  });

  it('is not needed to read configurations only', async () => {
    configured('turn', join(bench.folder, 'started'));
    const { code, servers } = await bench.report(['--all', '--static']);
    expect([code, servers[0]!.status, existsSync(join(bench.folder, 'started'))]).toEqual([
      0,
      'not asked',
      false,
    ]);
  });
});

describe('wrong usage', () => {
  it.each([
    [[], /needs one of/],
    [['--all', '--upstream', 'https://example.com'], /needs one of/],
    [['--upstream', 'example'], /wants an http/],
    [['--all', '--header', 'A: b'], /go with --upstream/],
    [['--config', 'nowhere.json'], /does not exist/],
    [['--all', '--fail-on', 'extreme'], /low, medium, high, critical/],
    [['--all', '--format', 'pdf'], /table, json, sarif/],
    [['--all', '--static', '--lock', 'nowhere.json'], /nowhere\.json does not exist/],
  ])('%j', async (args, expected) => {
    const { code, stderr } = await bench.run(args as string[]);
    expect(code).toBe(2);
    expect(stderr).toMatch(expected as RegExp);
  });

  it('a lock file that is none is refused', async () => {
    bench.write('mcp.lock.json', { version: 2 });
    const { code, stderr } = await bench.run(['--all', '--static', '--lock', 'mcp.lock.json']);
    expect([code, stderr.includes('mcp.lock.json is no lock file')]).toEqual([1, true]);
  });
});
