import { expect, it } from 'vitest';
import { createCounters, type Counters } from '../limits/index.ts';
import { Canary } from './canary.ts';
import type { Call } from './call.ts';
import type { Core } from './core.ts';

/** What the pipeline needs of its parts to judge a call that has no session; nothing is kept. */
function coreWith(counters: Counters): Core {
  let calls = 0;
  const log = {
    trouble: undefined,
    write: (_index: unknown, _body: unknown, done: (error?: Error) => void) => done(),
    note: () => {},
  };
  return {
    clock: { now: Date.now, elapsed: () => performance.now() },
    newId: () => `call-${(calls += 1)}`,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    log,
    counters,
    unknownOutcomes: { before: () => undefined, ended() {} },
    describeArguments: () => '"argumentKeys":[],"argumentDigests":{}',
  } as unknown as Core;
}

/** Sends as the gateway does: on a session of the call's server. */
const dispatch =
  (sent: Call[]) =>
  (call: Call): void => {
    sent.push(call);
    call.caller.server.upstream.open({} as never).send({} as never, { end() {} } as never);
  };

const counters = createCounters();

it('is well while every call that must be denied is denied, and none is sent', async () => {
  const sent: Call[] = [];
  const canary = new Canary(coreWith(counters), dispatch(sent));
  expect(canary.state()).toMatchObject({ ok: false });
  await canary.sing();
  expect(canary.state()).toEqual({ name: 'canary', ok: true });
  expect(sent).toEqual([]);
});

it('names the control that let a call through to its server', async () => {
  const sent: Call[] = [];
  const generous: Counters = {
    ...counters,
    peek: () => undefined,
    reserve: () => ({ taken: [], commit() {}, release() {} }) as never,
  };
  const canary = new Canary(coreWith(generous), dispatch(sent));
  await canary.sing();
  expect(canary.state()).toMatchObject({
    ok: false,
    detail: 'a used-up limit: the call reached its server',
  });
  expect(sent).toHaveLength(1);
});
