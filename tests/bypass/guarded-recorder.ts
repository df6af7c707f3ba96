/** A server that writes down all that it is sent, behind a gateway with the policy of these suites. */
import { afterAll, beforeAll } from 'vitest';
import {
  guardServer,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { POLICY } from './policy.ts';

export interface GuardedRecorder {
  readonly gateway: TestGateway;
  readonly recorder: Fixture;
  readonly guarded: GuardedServer;
}

/** For the tests of one file: its members are there from the first of them to the last. */
export function guardedRecorder(): GuardedRecorder {
  const here = {} as { -readonly [Name in keyof GuardedRecorder]: GuardedRecorder[Name] };
  beforeAll(async () => {
    [here.gateway, here.recorder] = await Promise.all([startGateway(), startFixture('recorder')]);
    here.guarded = await guardServer(here.gateway, { name: 'recorder', url: here.recorder.url }, POLICY);
  });
  afterAll(async () => {
    await here.gateway.stop();
    await here.recorder.stop();
  });
  return here;
}
