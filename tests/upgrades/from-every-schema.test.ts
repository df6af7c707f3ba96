import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { exportLines, verifyLines, verifyStore } from '../../src/audit/index.ts';
import { classify } from '../../src/catalog/index.ts';
import { openGateway } from '../../src/gateway/index.ts';
import { loadMasterKey, loadSigningKey, openStore, type Store } from '../../src/store/index.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { onEveryDatabase } from '../../src/store/testing/databases.ts';
import {
  guardServer,
  mintGrant,
  rawPost,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
} from '../kit/index.ts';
import { contentsOf, writeEarlier, type Contents } from './earlier-schema.ts';

/** Longer than any run of a suite. */
const YEAR = 366 * 86_400;
const MAX = 4;
const POLICY = {
  version: '1',
  default: 'deny',
  tools: { write_note: { limits: [{ counter: 'notes', window: YEAR, max: MAX }] } },
};
/** Tables whose rows stay what they are. */
const KEPT = new Set([
  'servers',
  'tools',
  'policies',
  'policy_versions',
  'grants',
  'counters',
  'chains',
  'admin_events',
  'call_stats',
]);
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** What an installation holds after some calls. */
interface Before {
  readonly home: string;
  readonly guarded: GuardedServer;
  readonly revoked: string;
  readonly contents: Contents;
}

let recorder: Fixture;
let before: Before;

beforeAll(async () => {
  recorder = await startFixture('recorder');
  const home = await mkdtemp(join(tmpdir(), 'portcullis-earlier-'));
  const gateway = await startGateway({ home });
  const guarded = await guardServer(gateway, { name: 'Notes', url: recorder.url }, POLICY);
  const { id, token: revoked } = await mintGrant(gateway, guarded.server.id, { policyId: guarded.policyId });
  for (const token of [guarded.token, guarded.token, revoked])
    expect(await call(guarded.url, token)).toBe('allowed');
  await gateway.api('DELETE', `/grants/${id}`);
  expect(await call(guarded.url, revoked)).toBe('refused');
  await gateway.stop();
  const contents = await contentsOf(`sqlite:${join(home, 'portcullis.db')}`);
  before = { home, guarded, revoked, contents };
});

afterAll(async () => {
  await recorder.stop();
  await rm(before.home, { recursive: true, force: true });
});

async function call(url: string, token: string): Promise<'allowed' | 'denied' | 'refused'> {
  const params = { name: 'write_note', arguments: {} };
  const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const { status, text } = await rawPost(url, message, { authorization: `Bearer ${token}` });
  if (status === 401) return 'refused';
  expect([status, text]).toEqual([200, expect.stringContaining('"result"')]);
  return text.includes('[POLICY DENIED]') ? 'denied' : 'allowed';
}

/** A gateway over an open store, with a copy of the data directory of before. Ends with the test. */
async function serve(store: Store): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'portcullis-upgraded-'));
  await cp(before.home, home, { recursive: true, filter: (path) => !path.includes('portcullis.db') });
  const { gateway, close } = await openGateway({
    home,
    store,
    masterKey: loadMasterKey(home, {}).key,
    previousKeys: [],
    publicUrl: 'http://localhost',
    host: '127.0.0.1',
    allowPrivateUpstreams: true,
    classify,
    logger: QUIET,
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    role: 'gateway',
  });
  const server = createServer((request, response) => void gateway.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await close(0);
    await rm(home, { recursive: true, force: true });
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Of every so many schemas one is served from: what is checked of the others is what a gateway starts from. */
const SERVED = 6;

await onEveryDatabase('an update', (database) => {
  it.for(MIGRATIONS.map(({ name }, place) => [name, place + 1] as const))(
    'from %s keeps the log, grants and what is used of limits',
    async ([, count]) => {
      const { guarded, contents, home } = before;
      const url = await database.url();
      const written = await writeEarlier(url, count, contents);
      const store = await openStore(url);
      onTestFinished(() => store.close());
      const after = await contentsOf(url);
      for (const [table, rows] of written)
        if (KEPT.has(table))
          expect(after.get(table), table).toEqual(
            expect.arrayContaining(rows.map((row) => expect.objectContaining(row))),
          );

      const publicKey = loadSigningKey(home).publicKeyPem;
      const entries = contents.get('chains')!.reduce((sum, { seq }) => sum + Number(seq), 0);
      expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true, entries });
      const found = async (outcome: string) =>
        (await store.entries.page({ grant: guarded.grant.id, outcome }, {})).items.map(({ tool }) => tool);
      expect(await found('allow')).toEqual(['write_note', 'write_note']);
      if (count % SERVED !== 1) return;

      expect(await callsAfter(store)).toEqual(['refused', 'allowed', 'allowed', 'denied', 'denied']);
      await expect.poll(() => found('deny')).toHaveLength(2);
      await store.upkeep(Date.now());
      expect(await found('allow')).toHaveLength(MAX);
      const verified = await verifyStore(store, { publicKey });
      expect(verified.problem).toBeUndefined();
      expect(verified.entries).toBeGreaterThan(entries);
      const signer = { signingKey: loadSigningKey(home), clock: Date.now };
      expect(await verifyLines(exportLines(store, {}, signer), { publicKey })).toMatchObject({ ok: true });
    },
  );
});

/** What a gateway says to a revoked token and to as many calls as the limit has, of which two were made before the update. */
async function callsAfter(store: Store): Promise<readonly string[]> {
  const { guarded, revoked } = before;
  const address = (await serve(store)) + new URL(guarded.url).pathname;
  await recorder.clear();
  const outcomes = [await call(address, revoked)];
  for (let made = 0; made < MAX; made += 1) outcomes.push(await call(address, guarded.token));
  expect(await recorder.calls('tools/call')).toHaveLength(2);
  return outcomes;
}
