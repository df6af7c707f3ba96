/** Promise 6: on a data directory that cannot be written the gateway does not start, and says why; nothing is lost by the attempt. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { callMany } from '../crash/calls.ts';
import { guardServer, portcullis, startFixture, startGateway } from '../kit/index.ts';

const POLICY = { version: '1', default: 'deny', tools: { write_note: {} } };
const disk = ownDisk();

describe.skipIf(disk === undefined)(
  disk === undefined ? 'a read-only disk (this process may not mount one)' : 'a read-only disk',
  () => {
    const home = disk ?? '';
    const remount = (how: 'ro' | 'rw'): unknown => execFileSync('mount', ['-o', `remount,${how}`, home]);
    afterAll(async () => {
      // Lazily, because a process that a failed test left behind would hold it.
      execFileSync('umount', ['-l', home]);
      await rmdir(home);
    });

    it('is no place for a first start', async () => {
      remount('ro');
      await expect(startGateway({ home, readyMs: 5000 })).rejects.toThrow(/read-?only|EROFS/i);
    });

    it('is no place for a later one, and the log is whole when it can be written again', async () => {
      remount('rw');
      const recorder = await startFixture('recorder');
      const gateway = await startGateway({ home });
      const guarded = await guardServer(gateway, { name: 'recorder', url: recorder.url }, POLICY);
      await callMany(guarded, 'write_note', ['before'], 1);
      await gateway.stop();
      await recorder.clear();
      remount('ro');
      await expect(startGateway({ home, readyMs: 5000 })).rejects.toThrow(/read-?only|EROFS/i);
      remount('rw');
      expect(await portcullis(home, 'log', 'verify')).toMatchObject({ code: 0 });
      const again = await startGateway({ home });
      expect((await again.api<{ items: unknown[] }>('GET', '/decisions')).body.items).not.toEqual([]);
      await again.stop();
      expect(await recorder.calls('tools/call')).toEqual([]);
      await recorder.stop();
    });
  },
);

/** A disk of 16 MiB, or undefined where this process may not mount one. */
function ownDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-read-only-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}
