import { expect, it } from 'vitest';
import { Sessions, type Session } from './sessions.ts';

function scene() {
  const sessions = new Sessions();
  const closed: string[] = [];
  const add = (id: string, lastUsedAt: number, more: Partial<Session> = {}): Session =>
    sessions.add({
      id,
      server: 'one',
      grant: 'grant',
      facts: undefined,
      upstream: {} as Session['upstream'],
      close: () => closed.push(id),
      inFlight: new Set(),
      asked: new Set(),
      parked: new Map(),
      streams: new Set(),
      lastUsedAt,
      ...more,
    });
  return { sessions, closed, add };
}

it('at a full server the session goes that was left first, and only that', () => {
  const { sessions, closed, add } = scene();
  add('newer', 20);
  add('oldest', 10);
  add('elsewhere', 1, { server: 'two' });
  add('at work', 1, { inFlight: new Set([7]) });
  add('listening', 1, { streams: new Set([() => true]) });
  add('just used', 99);
  sessions.sweepOldest('one', 50);
  expect(closed).toEqual(['oldest']);
  sessions.sweepOldest('one', 50);
  sessions.sweepOldest('one', 50);
  expect(closed).toEqual(['oldest', 'newer']);
  for (const id of ['elsewhere', 'at work', 'listening', 'just used']) expect(sessions.get(id)).toBeDefined();
  expect(sessions.get('oldest')).toBeUndefined();
});
