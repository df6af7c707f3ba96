import { describe, expect, it } from 'vitest';
import { LOCK_FILE, lockServer, printLock, type LockFile } from './lock.ts';
import { configured, listing, scan } from './testing/scan-sample.ts';
import type { ScannedServer } from './types.ts';

const add = { name: 'add', description: 'Adds.', inputSchema: { type: 'object', properties: {} } };
const locked = (...servers: ScannedServer[]): LockFile => ({
  version: 1,
  servers: Object.fromEntries(
    servers.map(({ stated, catalogue }) => [stated.name, lockServer(stated, catalogue!)]),
  ),
});
const drift = (before: ScannedServer, now: ScannedServer): string[] =>
  scan([now], { lock: locked(before) }).servers[0]!.findings.map(({ id, evidence }) => `${id} ${evidence}`);

describe('a lock file', () => {
  it('of the same definitions says nothing, whatever the order of members and tools', () => {
    const turned = { inputSchema: { properties: {}, type: 'object' }, description: 'Adds.', name: 'add' };
    expect(drift(listing('s', [add, { name: 'b' }]), listing('s', [{ name: 'b' }, turned]))).toEqual([]);
  });

  it('names what was added, removed and changed, and where', () => {
    const before = listing('s', [add, { name: 'gone' }]);
    const now = listing('s', [{ ...add, description: 'Adds!', annotations: {} }, { name: 'fresh' }]);
    expect(drift(before, now)).toEqual([
      'drift-added fresh is new',
      'drift-changed annotations added, description changed',
      'drift-removed gone is gone',
    ]);
  });

  it('holds instructions, prompts and resources too', () => {
    const before = listing('s', [], {
      instructions: 'a',
      prompts: [{ name: 'p' }],
      resources: [{ uri: 'a://b' }],
    });
    const now = listing('s', [], { instructions: 'b', prompts: [{ name: 'p', title: 'x' }], resources: [] });
    expect(drift(before, now)).toEqual([
      'drift-changed the instructions differ',
      'drift-changed title added',
      'drift-removed a://b is gone',
    ]);
  });

  it('tells another server from another version of it', () => {
    const at = (name: string, version: string): ScannedServer =>
      listing('s', [], { serverInfo: { name, version } });
    expect(drift(at('x', '1'), at('x', '2'))).toEqual(['drift-version 1 became 2']);
    expect(drift(at('x', '1'), at('y', '1'))).toEqual(['drift-changed x became y']);
  });

  it('names servers that it does not have and that are gone', () => {
    const report = scan([listing('new', [])], { lock: locked(listing('old', [])) });
    expect(report.servers[0]!.findings.map(({ evidence }) => evidence)).toEqual([
      'new is not in the lock file',
    ]);
    expect(report.findings.map(({ evidence }) => evidence)).toEqual(['old is in no configuration']);
    expect(scan([], { lock: locked(listing('old', [])), complete: false }).findings).toEqual([]);
  });

  it('does not take silence for drift', () => {
    const silent = {
      ...configured('s', { transport: 'stdio', command: ['node', 'server.js'], env: {} }),
      trouble: 'no',
    };
    expect(
      scan([silent], { lock: locked(listing('s', [add])) }).servers[0]!.findings.map(({ id }) => id),
    ).toEqual(['not-scanned']);
  });

  it('is printed sorted, without secrets and places, and can be read again', () => {
    const target = {
      transport: 'http',
      url: 'https://u:p@example.com/mcp?key=abcdefgh12345',
      headers: { a: 'secret' },
    } as const;
    const server = {
      ...listing('s', [{ name: 'b' }, { name: '__proto__' }, add]),
      ...configured('s', target),
    };
    const text = printLock(locked(server));
    expect(LOCK_FILE.parse(JSON.parse(text))).toEqual(JSON.parse(text));
    expect(text).toContain('"origin": "https://example.com/mcp?…"');
    expect(text).not.toMatch(/abcdefgh|secret|u:p/);
    expect(Object.keys((JSON.parse(text) as LockFile).servers['s']!.tools)).toEqual([
      '__proto__#',
      'add',
      'b',
    ]);
    const other = {
      ...listing('s', [add, { name: '__proto__' }, { name: 'b' }]),
      ...configured('s', target),
    };
    expect(printLock(locked(other))).toBe(text);
  });
});
