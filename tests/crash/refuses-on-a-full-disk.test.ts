/** Promise: when the disk is full, calls are refused, nothing reaches the server, /readyz says why; with room again, work goes on. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  guardServer,
  rawRequest,
  startFixture,
  startGateway,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';
import { callMany } from './calls.ts';
import { recordedIds } from './recorded.ts';

const POLICY = { version: '1', default: 'deny', tools: { write_note: {} } };
const home = mountSmallDisk();

describe.skipIf(home === undefined)('a full disk', () => {
  const disk = home ?? '';
  let gateway: TestGateway | undefined;
  let recorder: Fixture | undefined;
  afterAll(async () => {
    await gateway?.stop();
    await recorder?.stop();
    execFileSync('umount', [disk]);
    await rmdir(disk);
  });

  it('stops calls, and says so', { timeout: 120_000 }, async () => {
    recorder = await startFixture('recorder');
    gateway = await startGateway({ home: disk });
    const guarded = await guardServer(gateway, { name: 'recorder', url: recorder.url }, POLICY);
    expect(await callMany(guarded, 'write_note', ['before'], 1)).toMatchObject([{ outcome: 'allowed' }]);
    const filler = join(disk, 'filler');
    await fill(filler);
    await recorder.clear();

    const during = await callMany(guarded, 'write_note', ids('during', 2000), 20);
    const refused = during.filter(({ outcome }) => outcome === 'refused');
    expect(refused.length).toBeGreaterThan(0);
    expect(await recorder.calls('tools/call')).toHaveLength(during.length - refused.length);
    const { url } = gateway;
    await vi.waitFor(async () => {
      const readyz = await rawRequest(`${url}/readyz`);
      expect(readyz.status).toBe(503);
      expect(readyz.text).toMatch(/ENOSPC|no space|disk|full/i);
    }, 10_000);
    expect((await rawRequest(`${url}/healthz`)).status).toBe(200);

    await rm(filler);
    await vi.waitFor(
      async () => {
        const [after] = await callMany(guarded, 'write_note', ['after'], 1);
        expect(after?.outcome).toBe('allowed');
        expect((await rawRequest(`${url}/readyz`)).status).toBe(200);
      },
      { timeout: 70_000, interval: 500 },
    );
    // Room that was taken before may have held some calls more: each that was made is in the log.
    const made = during.filter(({ outcome }) => outcome === 'allowed').map(({ id }) => id);
    const recorded = await recordedIds(gateway);
    expect(made.filter((id) => !recorded.has(id))).toEqual([]);
  });
});

const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

/** Writes until nothing more fits. */
async function fill(path: string): Promise<void> {
  for (const size of [65_536, 4096]) {
    for (;;) {
      const full = await writeFile(path, Buffer.alloc(size), { flag: 'a' }).then(
        () => false,
        () => true,
      );
      if (full) break;
    }
  }
}

/** A disk of 16 MiB, or undefined where this process may not mount one. */
function mountSmallDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}
