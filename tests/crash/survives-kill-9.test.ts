/** Promise: whenever the gateway dies, what it told its clients is in the log, the log verifies, and limits hold over all restarts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  guardServer,
  portcullis,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { callMany, type Told } from './calls.ts';

const ROUNDS = 20;
const CALLS = 1000;
const MAX = 2500;
/** In flight at once: few, so that many rounds share the limit; in the last rounds all, so that kills meet a crowd. */
const widthOf = (round: number): number => (round < ROUNDS - 4 ? 50 : CALLS);

let home: string;
let gateway: TestGateway;
let recorder: Fixture;
let guarded: GuardedServer;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-crash-'));
  recorder = await startFixture('recorder');
  gateway = await startGateway({ home, env: { PORTCULLIS_LOG_LEVEL: 'warn' } });
  const limit = { counter: 'writes', window: windowWithRoom(), max: MAX, scope: 'grant' };
  guarded = await guardServer(
    gateway,
    { name: 'recorder', url: recorder.url },
    { version: '1', default: 'deny', tools: { write_note: { limits: [limit] } } },
  );
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
  await rm(home, { recursive: true, force: true });
});

it(`${ROUNDS} kills in the middle of ${CALLS} calls each`, { timeout: 240_000 }, async () => {
  const told: Told[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Between the first answers and the last ones, at another point each time.
    const killAt = 5 + ((round * 37) % 150);
    let killed: Promise<unknown> | undefined;
    const ids = Array.from({ length: CALLS }, (_, n) => `r${round}-${n}`);
    told.push(
      ...(await callMany(guarded, 'write_note', ids, widthOf(round), (count) => {
        if (count >= killAt) killed ??= gateway.kill9();
      })),
    );
    expect(killed, `round ${round} was never killed`).toBeDefined();
    await killed;
    await gateway.restart();
    // What one round has broken is still broken after the next ones.
    if (round % 5 === 4) {
      const verified = await portcullis(home, 'log', 'verify');
      expect(verified.code, `round ${round}: ${verified.stdout}${verified.stderr}`).toBe(0);
    }
    expect(await arrivals(), `round ${round}`).toBeLessThanOrEqual(MAX);
  }
  // Whatever the kills have left of the limit is used up, and then it is shut.
  const rest = Array.from({ length: MAX + 50 }, (_, n) => `rest-${n}`);
  told.push(...(await callMany(guarded, 'write_note', rest, 50)));
  expect(told.at(-1)?.outcome).toBe('denied');
  expect(told.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  expect(await arrivals()).toBeLessThanOrEqual(MAX);
  await expectInLog(told);
  // The test means something only when there were both outcomes, and kills that cut calls off.
  const allowed = told.filter(({ outcome }) => outcome === 'allowed').length;
  expect(allowed).toBeGreaterThan(10 * ROUNDS);
  expect(allowed).toBeLessThanOrEqual(await arrivals());
  expect(told.length).toBeLessThan(ROUNDS * CALLS);
});

const arrivals = async (): Promise<number> => (await recorder.calls('tools/call')).length;

interface LoggedLine {
  readonly kind: string;
  readonly id?: string;
  readonly requestId?: string;
  readonly outcome?: string;
}

async function expectInLog(told: readonly Told[]): Promise<void> {
  await gateway.stop();
  const exported = await portcullis(home, 'log', 'export');
  expect(exported.code, exported.stderr).toBe(0);
  const lines = exported.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LoggedLine);
  const entries = new Map<string | undefined, LoggedLine[]>();
  for (const line of lines) entries.set(line.requestId, [...(entries.get(line.requestId) ?? []), line]);
  const missing = told.filter(({ id, outcome, decision }) => {
    const found = entries.get(id) ?? [];
    return outcome === 'denied'
      ? !found.some((line) => line.kind === 'decision' && line.outcome === 'deny' && line.id === decision)
      : !found.some(({ kind }) => kind === 'intent');
  });
  expect(missing).toEqual([]);
  const arrived = (await recorder.calls('tools/call')).map(({ id }) => String(id));
  expect(arrived.filter((id) => !(entries.get(id) ?? []).some(({ kind }) => kind === 'intent'))).toEqual([]);
}

/** A window that will not end within this test, or the count would rightly begin anew. */
function windowWithRoom(): 'hour' | number {
  const left = (seconds: number): number => seconds - ((Date.now() / 1000) % seconds);
  return left(3600) > 300 ? 'hour' : 5000;
}
