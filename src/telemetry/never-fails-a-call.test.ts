import { expect, it } from 'vitest';
import { PortcullisError } from '../errors.ts';
import type { Call, CallTrace, DecisionPart, Refusal } from '../gateway/index.ts';
import { neverThrowing } from './never-throwing.ts';

const broken = (): never => {
  throw new Error('broken');
};

it('whatever goes wrong in a trace', () => {
  const told: unknown[] = [];
  const trace: CallTrace = { sending: broken, decided: broken, over: broken, turnedAway: broken };
  const safe = neverThrowing(trace, (error) => told.push(error));
  const call = {} as Call;
  const part: DecisionPart = { outcome: 'allow', rule: '', message: '', dispatched: true };
  expect(safe.sending(call)).toBeUndefined();
  safe.decided(call, part);
  safe.over(call);
  safe.turnedAway({ error: new PortcullisError('PC_TOKEN_MISSING') } as Refusal);
  expect(told).toHaveLength(4);
});

it('and passes on what a trace says', () => {
  const heard: unknown[] = [];
  const call = {} as Call;
  const part: DecisionPart = { outcome: 'deny', rule: 'a', message: '', dispatched: false };
  const safe = neverThrowing(
    {
      sending: () => ({ traceparent: 'x' }),
      decided: (...all) => heard.push(...all),
      over: () => {},
      turnedAway: () => {},
    },
    broken,
  );
  expect(safe.sending(call)).toEqual({ traceparent: 'x' });
  safe.decided(call, part);
  expect(heard).toEqual([call, part]);
});
