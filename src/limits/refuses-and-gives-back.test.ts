import { describe, expect, it } from 'vitest';
import { PortcullisError } from '../errors.ts';
import { createCounters } from './counters.ts';
import { held, MIDNIGHT, OWNER, refused, slotsOf, windowOf } from './samples.ts';

describe('a refusal', () => {
  it('says what is used, when the window resets and when to come back', () => {
    const counters = createCounters();
    for (let i = 0; i < 3; i++) held(counters.reserve(OWNER, [windowOf()], MIDNIGHT + 10_500));
    expect(refused(counters.reserve(OWNER, [windowOf()], MIDNIGHT + 10_500))).toEqual({
      reservation: windowOf(),
      used: 3,
      resetsAt: MIDNIGHT + 60_000,
      retryAfterSeconds: 50,
    });
    held(counters.reserve(OWNER, [windowOf()], MIDNIGHT + 60_000));
  });

  it('says at least one second', () => {
    const counters = createCounters();
    held(counters.reserve(OWNER, [windowOf({ max: 1 })], MIDNIGHT + 59_999));
    expect(
      refused(counters.reserve(OWNER, [windowOf({ max: 1 })], MIDNIGHT + 59_999)).retryAfterSeconds,
    ).toBe(1);
  });

  it('names no time when the amount alone is more than the maximum', () => {
    const counters = createCounters();
    held(counters.reserve(OWNER, [windowOf()], MIDNIGHT));
    expect(refused(counters.reserve(OWNER, [windowOf({ amount: 4 })], MIDNIGHT))).toEqual({
      reservation: windowOf({ amount: 4 }),
      used: 1,
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, -0.5])('meets an amount of %s', (amount) => {
    const counters = createCounters();
    refused(counters.reserve(OWNER, [windowOf({ amount })], MIDNIGHT));
    for (let i = 0; i < 3; i++) held(counters.reserve(OWNER, [windowOf()], MIDNIGHT));
  });

  it.each([Number.NaN, 0, -5, 1.5])('meets a window of %s seconds', (window) => {
    refused(createCounters().reserve(OWNER, [windowOf({ window })], MIDNIGHT));
  });

  it('meets an amount so small that adding it changes nothing', () => {
    const counters = createCounters();
    held(counters.reserve(OWNER, [windowOf({ amount: 1 })], MIDNIGHT));
    refused(counters.reserve(OWNER, [windowOf({ amount: 1e-20 })], MIDNIGHT));
  });

  it('leaves nothing taken of the reservations before it', () => {
    const counters = createCounters();
    const full = windowOf({ counter: 'full', max: 0 });
    refused(counters.reserve(OWNER, [windowOf(), slotsOf(), full], MIDNIGHT));
    for (let i = 0; i < 3; i++) held(counters.reserve(OWNER, [windowOf()], MIDNIGHT));
    for (let i = 0; i < 2; i++) held(counters.reserve(OWNER, [slotsOf()], MIDNIGHT));
  });
});

describe('a hold', () => {
  it('adds decimal amounts without binary noise', () => {
    const counters = createCounters();
    held(counters.reserve(OWNER, [windowOf({ amount: 0.1, max: 0.3 })], MIDNIGHT));
    const second = held(counters.reserve(OWNER, [windowOf({ amount: 0.2, max: 0.3 })], MIDNIGHT));
    second.release();
    held(counters.reserve(OWNER, [windowOf({ amount: 0.2, max: 0.3 })], MIDNIGHT));
    refused(counters.reserve(OWNER, [windowOf({ amount: 0.01, max: 0.3 })], MIDNIGHT));
  });

  it('frees its slots when committed and keeps its window counts', () => {
    const counters = createCounters();
    const hold = held(counters.reserve(OWNER, [windowOf({ max: 1 }), slotsOf({ max: 1 })], MIDNIGHT));
    expect(refused(counters.reserve(OWNER, [slotsOf({ max: 1 })], MIDNIGHT))).toEqual({
      reservation: slotsOf({ max: 1 }),
      used: 1,
    });
    hold.commit();
    hold.commit();
    expect(hold.release()).toEqual([]);
    held(counters.reserve(OWNER, [slotsOf({ max: 1 })], MIDNIGHT));
    refused(counters.reserve(OWNER, [slotsOf({ max: 1 })], MIDNIGHT));
    refused(counters.reserve(OWNER, [windowOf({ max: 1 })], MIDNIGHT));
  });

  it('frees no slot of another call when it is settled twice', () => {
    const counters = createCounters();
    const [one] = [0, 1].map(() => held(counters.reserve(OWNER, [slotsOf({ max: 2 })], MIDNIGHT)));
    one?.commit();
    one?.commit();
    one?.release();
    held(counters.reserve(OWNER, [slotsOf({ max: 2 })], MIDNIGHT));
    refused(counters.reserve(OWNER, [slotsOf({ max: 2 })], MIDNIGHT));
  });

  it('gives back into the window it was taken from, also after that window changed', () => {
    const counters = createCounters();
    const old = held(counters.reserve(OWNER, [windowOf()], MIDNIGHT));
    for (let i = 0; i < 3; i++) held(counters.reserve(OWNER, [windowOf()], MIDNIGHT + 60_000));
    expect(old.release()).toEqual([]);
    refused(counters.reserve(OWNER, [windowOf()], MIDNIGHT + 60_000));
  });

  it('gives back only what the filter names, frees its slots, and says what it gave back', () => {
    const counters = createCounters();
    const spend = windowOf({ counter: 'spend', amount: 3, refundOnError: true });
    const hold = held(counters.reserve(OWNER, [windowOf({ max: 1 }), spend, slotsOf({ max: 1 })], MIDNIGHT));
    expect(hold.release((reservation) => reservation.refundOnError)).toEqual([hold.taken[1]]);
    expect(hold.taken[1]).toMatchObject({ bucket: MIDNIGHT, amount: 3, expires: MIDNIGHT + 60_000 });
    held(counters.reserve(OWNER, [spend, slotsOf({ max: 1 })], MIDNIGHT));
    refused(counters.reserve(OWNER, [windowOf({ max: 1 })], MIDNIGHT));
  });
});

describe('a counter', () => {
  const other = { ...OWNER, organization: 'org2', server: 'srv2', grant: 'grt2', session: 'ses2' };

  it.each(['session', 'grant', 'server', 'organization'] as const)(
    'of scope %s belongs to its owner alone',
    (scope) => {
      const counters = createCounters();
      const limit = windowOf({ scope, max: 1 });
      held(counters.reserve(OWNER, [limit], MIDNIGHT));
      refused(counters.reserve(OWNER, [limit], MIDNIGHT));
      held(counters.reserve(other, [limit], MIDNIGHT));
      held(counters.reserve({ ...OWNER, [scope]: `another ${scope}` }, [limit], MIDNIGHT));
    },
  );

  it('belongs to one server, except of scope organization', () => {
    const counters = createCounters();
    const elsewhere = { ...OWNER, server: 'srv2' };
    held(counters.reserve(OWNER, [windowOf({ max: 1 })], MIDNIGHT));
    held(counters.reserve(elsewhere, [windowOf({ max: 1 })], MIDNIGHT));
    held(counters.reserve(OWNER, [windowOf({ max: 1, scope: 'organization' })], MIDNIGHT));
    refused(counters.reserve(elsewhere, [windowOf({ max: 1, scope: 'organization' })], MIDNIGHT));
  });

  it('of scope session counts per grant where there is no session', () => {
    const counters = createCounters();
    const limit = windowOf({ scope: 'session', max: 1 });
    const stateless = { organization: 'org', server: 'srv', grant: 'grt' };
    held(counters.reserve(stateless, [limit], MIDNIGHT));
    refused(counters.reserve(stateless, [limit], MIDNIGHT));
    held(counters.reserve({ ...stateless, grant: 'grt2' }, [limit], MIDNIGHT));
  });

  it('of another name, window, algorithm or by is another counter', () => {
    const counters = createCounters();
    const one = { max: 1 };
    const all = [
      windowOf(one),
      windowOf({ ...one, counter: 'b' }),
      windowOf({ ...one, window: 'hour' }),
      windowOf({ ...one, algorithm: 'sliding' }),
      windowOf({ ...one, by: '"x"' }),
      windowOf({ ...one, by: '"y"' }),
    ];
    held(counters.reserve(OWNER, all, MIDNIGHT));
    for (const limit of all) refused(counters.reserve(OWNER, [limit], MIDNIGHT));
    refused(counters.reserve(OWNER, [windowOf({ ...one, window: 60 })], MIDNIGHT));
  });

  it('never carries the value of by in its key', () => {
    const hold = held(createCounters().reserve(OWNER, [windowOf({ by: '"customer-4711"' })], MIDNIGHT));
    expect(hold.taken[0]?.key).not.toContain('4711');
  });

  it('cannot be met by another choice of names', () => {
    const counters = createCounters();
    held(counters.reserve({ ...OWNER, grant: 'a/3:b' }, [windowOf({ max: 1 })], MIDNIGHT));
    held(counters.reserve({ ...OWNER, grant: 'a' }, [windowOf({ max: 1, counter: 'b/3:srv' })], MIDNIGHT));
  });

  it('is refused, not forgotten, when too many are alive', () => {
    const counters = createCounters({ maxCounters: 1 });
    held(counters.reserve(OWNER, [windowOf()], MIDNIGHT));
    expect(() => counters.reserve(OWNER, [windowOf({ counter: 'b' })], MIDNIGHT)).toThrow(PortcullisError);
    held(counters.reserve(OWNER, [windowOf({ counter: 'b' })], MIDNIGHT + 60_000));
  });
});
