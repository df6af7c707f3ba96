import { expect, it, onTestFinished } from 'vitest';
import { argumentsText, createArgumentDigest } from '../audit/index.ts';
import type { JsonObject } from '../json.ts';
import { openStore, type Store, type UnknownOutcomeRow } from '../store/index.ts';
import type { Call, Outcome } from './call.ts';
import { UnknownOutcomes } from './unknown-outcomes.ts';

const HOUR = 3_600_000;
const digest = createArgumentDigest(Buffer.alloc(32, 1));
const logger = { debug() {}, info() {}, warn() {}, error() {} };

async function opened(): Promise<{ store: Store; clock: { time: number }; book: () => UnknownOutcomes }> {
  const clock = { time: Date.UTC(2026, 0, 1) };
  const store = await openStore('sqlite::memory:', { clock: () => clock.time });
  onTestFinished(() => store.close());
  const book = (): UnknownOutcomes => bookOver(store, clock);
  return { store, clock, book };
}

function bookOver(store: Pick<Store, 'unknownOutcomes'>, clock: { time: number }): UnknownOutcomes {
  return new UnknownOutcomes({
    store,
    logger,
    clock: { now: () => clock.time, elapsed: () => clock.time },
    describeArguments: (args) => argumentsText(args, digest),
  });
}

let calls = 0;
/** The members of a call that are looked at. */
function ended(args: JsonObject, outcome: Partial<Outcome>, more: Partial<Call> = {}, grant = 'g'): Call {
  return {
    id: `call-${(calls += 1)}`,
    at: 0,
    caller: { server: { id: 's' }, grant: { id: grant } },
    target: { kind: 'tool', name: 't', tool: { facts: { name: 't', class: 'Write', classes: ['Write'] } } },
    message: { kind: 'request', method: 'tools/call', params: { name: 't', arguments: args } },
    outcome,
    ...more,
  } as unknown as Call;
}

it('for a day, and over a restart', async () => {
  const { clock, book } = await opened();
  const [first, args] = [book(), { a: 1 }];
  const lost = ended(args, { ran: 'unknown' });
  first.ended(lost);
  expect(first.find('s', 'g', 't', args)).toEqual({ id: lost.id, at: lost.at });
  expect(first.before(ended(args, {}))).toEqual({ id: lost.id, at: lost.at });
  expect(first.find('s', 'g', 't', { a: 2 })).toBeUndefined();
  await first.written();
  clock.time += 23 * HOUR;
  const second = book();
  await second.load();
  for (const one of [first, second]) expect(one.find('s', 'g', 't', args)?.id).toBe(lost.id);
  clock.time += HOUR;
  for (const one of [first, second]) expect(one.find('s', 'g', 't', args)).toBeUndefined();
});

it.each([
  ['was answered', { ran: 'yes' }, {}],
  ['was never sent', { ran: 'no' }, {}],
  ['was refused by its HTTP server', { ran: 'unknown', status: 404 }, {}],
  [
    'reads',
    { ran: 'unknown' },
    { target: { kind: 'tool', name: 't', tool: { facts: { name: 't', class: 'Read', classes: ['Read'] } } } },
  ],
  ['is no call of a tool', { ran: 'unknown' }, { target: { kind: 'prompt', name: 't' } }],
])('nothing of a call that %s', async (_, outcome, more) => {
  const { book } = await opened();
  const one = book();
  one.ended(ended({}, outcome as Partial<Outcome>, more as Partial<Call>));
  expect(one.find('s', 'g', 't', {})).toBeUndefined();
});

it('until a repeat that was allowed because of it is answered, whatever the answer', async () => {
  const { store, clock, book } = await opened();
  const one = book();
  const lost = ended({}, { ran: 'unknown' });
  one.ended(lost);
  const verdict = { earlier: { id: lost.id, at: lost.at } } as unknown as NonNullable<Call['verdict']>;
  one.ended(ended({}, { ran: 'no' }, { verdict }));
  one.ended(ended({}, { ran: 'yes' }));
  expect(one.find('s', 'g', 't', {})?.id).toBe(lost.id);
  one.ended(ended({}, { ran: 'yes', kind: 'error' }, { verdict }));
  expect(one.find('s', 'g', 't', {})).toBeUndefined();
  await one.written();
  const other = bookOver(store, clock);
  await other.load();
  expect(other.find('s', 'g', 't', {})).toBeUndefined();
});

it('what a database that was away for a while was not told, and tells it then, in order', async () => {
  const { store, clock } = await opened();
  let away = true;
  const told: UnknownOutcomeRow[] = [];
  let heard = (): void => {};
  const back = new Promise<void>((resolve) => (heard = resolve));
  const put = async (rows: readonly UnknownOutcomeRow[]): Promise<void> => {
    if (away) throw new Error('away');
    told.push(...rows);
    heard();
  };
  const one = bookOver({ unknownOutcomes: { ...store.unknownOutcomes, put } }, clock);
  const lost = [1, 2, 3].map((a) => ended({ a }, { ran: 'unknown' }));
  for (const call of lost) one.ended(call);
  await one.written();
  expect(one.find('s', 'g', 't', { a: 3 })?.id).toBe(lost[2]!.id);
  away = false;
  await back;
  expect(told.map(({ id }) => id)).toEqual(lost.map(({ id }) => id));
});

it('at most a thousand of a grant and ten thousand in all, the newest', async () => {
  const { book } = await opened();
  const one = book();
  for (let n = 0; n < 1001; n++) one.ended(ended({ n }, { ran: 'unknown' }));
  expect(one.find('s', 'g', 't', { n: 0 })).toBeUndefined();
  expect(one.find('s', 'g', 't', { n: 1 })).toBeDefined();
  for (let n = 0; n < 9001; n++) one.ended(ended({ n }, { ran: 'unknown' }, {}, `g${n % 10}`));
  expect(one.find('s', 'g', 't', { n: 1 })).toBeUndefined();
  expect(one.find('s', 'g', 't', { n: 2 })).toBeDefined();
  expect(one.find('s', 'g1', 't', { n: 1 })).toBeDefined();
  await one.written();
});
