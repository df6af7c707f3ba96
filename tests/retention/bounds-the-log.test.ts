import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PortcullisError } from '../../src/errors.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { onEveryDatabase, type TestDatabase } from '../../src/store/testing/databases.ts';
import { runSql } from '../../src/store/testing/run-sql.ts';
import { openDecisionLog, type OpenedDecisionLog } from '../../src/audit/decision-log.ts';
import { exportLines } from '../../src/audit/export-lines.ts';
import { Retention, type RetentionOptions } from '../../src/audit/retention.ts';
import {
  entryOf,
  newSigningKey,
  optionsFor,
  scratchDirectory,
  SIGNING_KEY,
  steppedClock,
} from '../../src/audit/samples.ts';
import { verifyLines } from '../../src/audit/verify-lines.ts';
import { verifyStore } from '../../src/audit/verify-store.ts';

const DAY = 86_400_000;
/** Bytes: what a pass writes down of itself comes on top. */
const ITS_OWN_EVENT = 1_000;
const publicKey = SIGNING_KEY.publicKeyPem;

interface Scene {
  readonly url: string;
  readonly store: Store;
  readonly log: OpenedDecisionLog;
  readonly clock: ReturnType<typeof steppedClock>;
  retention(change?: Partial<RetentionOptions>): Retention;
  /** Ten decisions of one day, in a block of their own. */
  day(kind?: 'intent' | 'decision'): Promise<void>;
}

/** `days` days, of each a block, each ended by a checkpoint (the first has the opening one before it). */
async function scene(database: TestDatabase, days: number): Promise<Scene> {
  const url = await database.url();
  const store = await openStore(url);
  onTestFinished(() => store.close());
  const clock = steppedClock();
  const log = await openDecisionLog(
    optionsFor(join(await scratchDirectory(), 'spool'), store, { clock, limits: { checkpointEntries: 11 } }),
  );
  onTestFinished(() => log.close());
  let made = 0;
  const day: Scene['day'] = async (kind = 'decision') => {
    clock.advance(DAY);
    for (let i = 0; i < 10; i += 1) {
      const { index, body } = entryOf(kind, `call-${(made += 1)}`, { at: clock(), tool: `tool-${made}` });
      await log.append(index, body);
    }
    await log.settled();
  };
  for (let i = 0; i < days; i += 1) await day();
  const retention: Scene['retention'] = (change = {}) =>
    new Retention({ store, log, signingKey: SIGNING_KEY, organization: 'org-1', clock, ...change });
  return { url, store, log, clock, retention, day };
}

async function copyOf(store: Store, filter = {}): Promise<string[]> {
  const lines: string[] = [];
  const signer = { signingKey: SIGNING_KEY, clock: steppedClock() };
  for await (const line of exportLines(store, filter, signer)) lines.push(line);
  return lines;
}

await onEveryDatabase('retention of the log', (database) => {
  const patience = { timeout: 120_000 };

  it(
    'removes what is too old, and verification names it, in the database and in a copy',
    patience,
    async () => {
      const { store, clock, log, retention } = await scene(database, 8);
      const { removed, damaged } = await retention({ keepMs: 3.5 * DAY }).run();
      expect(damaged).toEqual([]);
      expect(removed).toMatchObject([{ chain: 'node-1', from: 1 }]);
      const { to, hash } = removed[0]!;
      expect(to).toBeGreaterThan(30);
      await log.settled();
      const named = { ok: true, chains: [{ from: to + 1, removed: { to, at: clock() } }] };
      expect(await verifyStore(store, { publicKey })).toMatchObject(named);
      expect(await verifyLines(await copyOf(store), { publicKey })).toMatchObject(named);
      expect(await store.entries.get('call-1')).toEqual([]);
      expect(await store.entries.get('call-80')).toHaveLength(1);
      const { items } = await store.entries.page({ kind: 'decision' }, { limit: 500 });
      expect(items.every(({ at }) => at >= clock() - 4.5 * DAY)).toBe(true);
      const { items: events } = await store.entries.page({ kind: 'event' }, {});
      expect(JSON.parse(events[0]!.line)).toMatchObject({
        event: 'log.removed',
        removed: { chain: 'node-1', from: 1, to, hash },
      });
    },
  );

  it('leaves no word and no id of what it removed', patience, async () => {
    const { url, store, retention } = await scene(database, 5);
    await retention({ keepMs: DAY / 2 }).run();
    for (const table of ['log_postings', 'log_ids']) {
      const orphans = await runSql(
        url,
        `select * from ${table} t where not exists
          (select 1 from log_blocks b where b.chain = t.chain and b.first_seq = t.first_seq)`,
      );
      expect(orphans).toEqual([]);
    }
    expect((await verifyStore(store)).ok).toBe(true);
  });

  it('keeps the log within its size, pass after pass', patience, async () => {
    const { store, log, retention, day } = await scene(database, 10);
    const keeper = retention({ maxBytes: 12_000 });
    const bytes = async (): Promise<number> =>
      (await store.retention.blocks('node-1', 0, 1_000)).reduce((sum, block) => sum + block.bytes, 0);
    expect(await bytes()).toBeGreaterThan(20_000);
    for (let pass = 0; pass < 3; pass += 1) {
      await keeper.run();
      expect(await bytes()).toBeLessThanOrEqual(12_000 + ITS_OWN_EVENT);
      await day();
    }
    await log.settled();
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
    expect(await verifyLines(await copyOf(store), { publicKey })).toMatchObject({ ok: true });
  });

  it('never goes past the last signed checkpoint, nor past a call that is open', patience, async () => {
    const { store, retention, day, clock } = await scene(database, 2);
    await day('intent');
    for (let i = 0; i < 3; i += 1) await day();
    clock.advance(1_000 * DAY);
    await retention({ keepMs: DAY, maxBytes: 1 }).run();
    expect(await store.entries.get('call-20')).toEqual([]);
    expect(await store.entries.get('call-21')).toHaveLength(1);
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
  });

  it('keeps what a waiting approval may need', patience, async () => {
    const { store, clock, retention, day } = await scene(database, 3);
    const requestedAt = clock() - 1.5 * DAY;
    await store.approvals.request(approval(requestedAt, clock() + 1_000 * DAY));
    await day();
    clock.advance(100 * DAY);
    await retention({ keepMs: DAY }).run();
    expect(await store.entries.get('call-1')).toEqual([]);
    expect(await store.entries.get('call-21')).toHaveLength(1);
  });

  it('removes nothing while it cannot be written down', patience, async () => {
    const { store, retention } = await scene(database, 4);
    const failing = {
      append: () => Promise.reject(new PortcullisError('PC_LOG_UNAVAILABLE', { detail: 'x' })),
    };
    await expect(retention({ keepMs: DAY, log: failing }).run()).rejects.toThrow(
      expect.objectContaining({ code: 'PC_LOG_UNAVAILABLE' }),
    );
    expect(await store.retention.removals()).toEqual([]);
    expect(await store.entries.get('call-1')).toHaveLength(1);
  });

  it('leaves the chains of another key alone', patience, async () => {
    const { store, retention } = await scene(database, 4);
    const { removed } = await retention({ keepMs: DAY, signingKey: newSigningKey('other') }).run();
    expect(removed).toEqual([]);
    expect(await store.entries.get('call-1')).toHaveLength(1);
  });

  it('does not cover for blocks that were removed by hand, before it ran or after', patience, async () => {
    const { url, store, retention, day, log } = await scene(database, 6);
    await retention({ keepMs: 3.5 * DAY }).run();
    await log.settled();
    const [first, second] = await store.retention.blocks('node-1', 0, 2);
    const missing = { ok: false, problem: { kind: 'gap', seq: 1 } };
    await runSql(url, `delete from log_blocks where first_seq = ${first!.firstSeq}`);
    expect(await verifyStore(store, { publicKey })).toMatchObject(missing);
    expect(await verifyLines(await copyOf(store), { publicKey })).toMatchObject(missing);
    await day();
    await runSql(url, `update log_removals set up_to = ${second!.firstSeq - 1}`);
    expect(await verifyStore(store, { publicKey })).toMatchObject(missing);
    await runSql(url, `update log_removals set up_to = ${first!.firstSeq - 1}`);
    const { removed, damaged } = await retention({ keepMs: DAY / 2 }).run();
    expect(removed).toEqual([]);
    expect(damaged).toEqual([{ chain: 'node-1', seq: first!.firstSeq }]);
  });

  it('is not believed without its signature, or with that of another key', patience, async () => {
    const { url, store, retention } = await scene(database, 6);
    await retention({ keepMs: 3.5 * DAY }).run();
    const missing = { ok: false, problem: { kind: 'gap', seq: 1 } };
    const [removal] = await store.retention.removals();
    const other = newSigningKey('other');
    expect(await verifyStore(store, { publicKey: other.publicKeyPem })).toMatchObject({ ok: false });
    await runSql(url, `update log_removals set at = at + 1`);
    expect(await verifyStore(store, { publicKey })).toMatchObject(missing);
    await runSql(url, `update log_removals set at = at - 1, public_key = '${other.publicKeyPem}'`);
    expect(await verifyStore(store)).toMatchObject(missing);
    await runSql(url, `update log_removals set public_key = '${removal!.publicKey}'`);
    expect((await verifyStore(store, { publicKey })).ok).toBe(true);
    await runSql(url, 'delete from log_removals');
    expect(await verifyStore(store, { publicKey })).toMatchObject(missing);
  });
});

function approval(requestedAt: number, expiresAt: number): Parameters<Store['approvals']['request']>[0] {
  return {
    id: 'approval-1',
    organizationId: 'org-1',
    serverId: 'srv',
    serverName: 'S',
    grantId: 'grt',
    grantLabel: 'G',
    owner: null,
    tool: 'send',
    toolClass: 'Write',
    fingerprint: 'f',
    definitionDigest: 'd',
    argumentDigest: 'a',
    policyId: 'p',
    policyVersion: 1,
    rule: '/r',
    message: 'why',
    earlier: null,
    sealedArguments: 'sealed',
    viewHash: 'v',
    people: 1,
    role: 'policy_manager',
    approvers: [],
    requestedAt,
    expiresAt,
  };
}
