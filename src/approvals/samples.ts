/** A desk over a real database, with a clock and a log that tests move. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecretBox, newId, openStore, type Store } from '../store/index.ts';
import { ApprovalDesk } from './desk.ts';
import type { Approver, AskedCall } from './types.ts';

export const ASKED: AskedCall = {
  organization: 'o',
  server: { id: 's', name: 'Files' },
  grant: { id: 'g', label: 'agent', tags: [] },
  tool: { name: 'write', class: 'Write', definitionDigest: 'd' },
  arguments: { path: '/a' },
  params: { name: 'write', arguments: { path: '/a' } },
  policy: { id: 'p', version: 1 },
  rule: '/tools/write/approve_if/0',
  message: 'Look at it.',
  expiresSeconds: 60,
};

export interface TestDesk {
  readonly desk: ApprovalDesk;
  readonly store: Store;
  /** What was appended to the log, as `approval.…` in order. */
  readonly logged: string[];
  readonly clock: { now: number };
  /** When true, the log takes nothing. */
  readonly log: { broken: boolean };
  close(): Promise<void>;
}

export async function testDesk(): Promise<TestDesk> {
  const home = await mkdtemp(join(tmpdir(), 'portcullis-desk-'));
  const clock = { now: Date.UTC(2026, 0, 1) };
  const log = { broken: false };
  const logged: string[] = [];
  const store = await openStore(`sqlite:${join(home, 'test.db')}`, { clock: () => clock.now });
  const desk = new ApprovalDesk({
    store,
    box: createSecretBox(Buffer.alloc(32, 1)),
    now: () => clock.now,
    newId: () => newId(clock.now),
    digestKey: Buffer.alloc(32, 2),
    log: {
      append: (index) => {
        if (log.broken) return Promise.reject(new Error('the disk is full'));
        logged.push(String(index.method));
        return Promise.resolve({ seq: logged.length, hash: '' });
      },
    },
  });
  return {
    desk,
    store,
    logged,
    clock,
    log,
    async close() {
      await store.close();
      await rm(home, { recursive: true });
    },
  };
}

export function approver(id: string, holds = true): Approver {
  return { id, via: 'api', holds: () => holds };
}
