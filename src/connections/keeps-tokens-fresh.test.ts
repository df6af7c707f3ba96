import { beforeEach, expect, it, vi } from 'vitest';
import { PortcullisError } from '../errors.ts';
import type { Tokens } from '../upstreams/index.ts';
import { TokenSource } from './token-source.ts';

const HOUR = 3_600_000;
let now = 0;
const asked: { refused: string | undefined; settle: (token: string, endsAt: number | null) => void }[] = [];
const giveUp = vi.fn(() => Promise.resolve());
let source: TokenSource;

beforeEach(() => {
  now = 1_000_000;
  asked.length = 0;
  giveUp.mockClear();
  source = new TokenSource({
    server: 'a',
    now: () => now,
    renew: (refused) =>
      new Promise((resolve) => {
        asked.push({
          refused,
          settle: (accessToken, expiresAt) => resolve({ accessToken, expiresAt } as Tokens),
        });
      }),
    giveUp,
  });
});

async function held(token: string, endsAt: number | null): Promise<void> {
  const waiting = source.wait();
  asked.at(-1)!.settle(token, endsAt);
  expect(await waiting).toBe(`Bearer ${token}`);
}

it('has calls that wait share one refresh', async () => {
  const waiting = [source.wait(), source.wait(), source.wait()];
  expect(asked).toHaveLength(1);
  asked[0]!.settle('t', now + HOUR);
  expect(await Promise.all(waiting)).toEqual(['Bearer t', 'Bearer t', 'Bearer t']);
  expect(source.current()).toBe('Bearer t');
});

it('refreshes once in the background shortly before the end, and no call waits', async () => {
  await held('one', now + HOUR);
  now += HOUR - 301_000;
  expect(source.current()).toBe('Bearer one');
  expect(asked).toHaveLength(1);
  now += 2000;
  expect([source.current(), source.current()]).toEqual(['Bearer one', 'Bearer one']);
  expect(asked).toHaveLength(2);
  asked[1]!.settle('two', now + HOUR);
  await vi.waitFor(() => expect(source.current()).toBe('Bearer two'));
});

it('has nothing at hand once the token has ended', async () => {
  await held('one', now + 1000);
  now += 1000;
  expect(source.current()).toBeUndefined();
});

it('asks for another token than the one that was refused, and gives up after the second', async () => {
  await held('one', now + HOUR);
  source.judged('Bearer one', true);
  expect(source.current()).toBeUndefined();
  expect(asked.at(-1)).toMatchObject({ refused: 'one' });
  await held('two', now + HOUR);
  expect(giveUp).not.toHaveBeenCalled();
  source.judged('Bearer two', true);
  expect(giveUp).toHaveBeenCalledOnce();
});

it('a late refusal of an older token changes nothing', async () => {
  await held('one', now + HOUR);
  source.forget();
  await held('two', now + HOUR);
  source.judged('Bearer one', true);
  expect(source.current()).toBe('Bearer two');
});

it('forgets at once what may be out of date, also what is still on its way', async () => {
  const waiting = source.wait();
  source.forget();
  asked[0]!.settle('old', now + HOUR);
  await waiting;
  expect(source.current()).toBeUndefined();
});

it('does not have calls wait for ever', async () => {
  vi.useFakeTimers();
  try {
    const waiting = expect(source.wait()).rejects.toThrow(PortcullisError);
    await vi.advanceTimersByTimeAsync(15_000);
    await waiting;
  } finally {
    vi.useRealTimers();
  }
});
