/**
 * Promise 6: a disk that turns read-only under the running gateway, as ext4 does after an error, stops calls at once; nothing that
 * was made is missing from the log afterwards.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { tmpdir } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { callMany } from '../crash/calls.ts';
import { recordedIds } from '../crash/recorded.ts';
import { guardServer, portcullis, rawRequest, startFixture, startGateway } from '../kit/index.ts';

const POLICY = { version: '1', default: 'deny', tools: { write_note: {} } };

interface Disk {
  readonly folder: string;
  /** The kernel finds an error on it, and takes no more writes. */
  fail(): Promise<void>;
  repair(): void;
  remove(): void;
}

const disk = makeDisk();

describe.skipIf(disk === undefined)(
  disk === undefined ? 'a disk that fails (this process may not mount one)' : 'a disk that fails',
  () => {
    afterAll(() => disk!.remove());

    it('stops calls, says so, and has every call that was made', { timeout: 90_000 }, async () => {
      const recorder = await startFixture('recorder');
      const gateway = await startGateway({ home: disk!.folder });
      const guarded = await guardServer(gateway, { name: 'recorder', url: recorder.url }, POLICY);
      const ids = (prefix: string): string[] => Array.from({ length: 300 }, (_, n) => `${prefix}-${n}`);
      let failing: Promise<void> | undefined;
      const during = await callMany(guarded, 'write_note', ids('during'), 10, (count) => {
        if (count >= 100) failing ??= disk!.fail();
      });
      await failing;
      const after = await callMany(guarded, 'write_note', ids('after'), 10);
      expect(after.filter(({ outcome }) => outcome !== 'refused')).toEqual([]);
      const made = during.filter(({ outcome }) => outcome === 'allowed').map(({ id }) => id);
      expect(made.length).toBeGreaterThanOrEqual(100);
      expect(await recorder.calls('tools/call')).toHaveLength(made.length);
      await vi.waitFor(async () => {
        const { status, text } = await rawRequest(`${gateway.url}/readyz`);
        expect(status).toBe(503);
        expect(text).toMatch(/read-?only|EROFS/i);
      }, 10_000);
      expect((await rawRequest(`${gateway.url}/healthz`)).status).toBe(200);
      await gateway.stop();

      disk!.repair();
      const again = await startGateway({ home: disk!.folder });
      const recorded = await recordedIds(again);
      expect(made.filter((id) => !recorded.has(id))).toEqual([]);
      await again.stop();
      expect(await portcullis(disk!.folder, 'log', 'verify')).toMatchObject({ code: 0 });
      await recorder.stop();
    });
  },
);

/** An ext4 file system in a file. Undefined where this process may not mount one. */
function makeDisk(): Disk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-failing-disk-'));
  const image = `${folder}.img`;
  const run = (command: string, ...args: readonly string[]): string =>
    execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' });
  const mount = (): unknown => run('mount', '-o', 'loop,errors=remount-ro', image, folder);
  const remove = (): void => {
    rmSync(image, { force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    run('truncate', '-s', '64M', image);
    run('mkfs.ext4', '-q', '-F', image);
    mount();
  } catch {
    remove();
    return undefined;
  }
  return {
    folder,
    fail: () => {
      const device = basename(run('findmnt', '-no', 'SOURCE', folder).trim());
      return writeFile(`/sys/fs/ext4/${device}/trigger_fs_error`, '1');
    },
    repair: () => {
      run('umount', folder);
      try {
        run('e2fsck', '-fy', image);
      } catch (error) {
        // 1: errors were found and corrected.
        if ((error as { status?: number }).status !== 1) throw error;
      }
      mount();
    },
    remove: () => {
      run('umount', '-l', folder);
      remove();
    },
  };
}
