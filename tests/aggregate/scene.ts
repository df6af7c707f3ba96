/** A gateway, two servers behind one grant, and a third one that the grant does not reach. */
import { expect } from 'vitest';
import {
  createPolicy,
  guardServer,
  mintSharedGrant,
  registerServer,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type MintedGrant,
  type TestGateway,
} from '../kit/index.ts';

const NOTES_POLICY = {
  version: '1',
  default: 'allow',
  hide: ['delete_account'],
  tools: {
    write_note: { action: 'deny', reason: 'Notes are read only.' },
    read_note: { limits: [{ counter: 'reads', window: 'hour', max: 2 }] },
  },
};
const LAB_POLICY = {
  version: '1',
  default: 'allow',
  tools: { test_error_handling: { action: 'deny', reason: 'Ask the owner first.' } },
};

export interface Scene {
  readonly gateway: TestGateway;
  readonly notes: Fixture;
  readonly lab: Fixture;
  readonly foreign: Fixture;
  readonly foreignServer: GuardedServer;
  readonly ids: { readonly notes: string; readonly lab: string };
  readonly policies: { readonly notes: string; readonly lab: string };
  /** `/mcp` */
  readonly url: string;
  /** A grant with counters of its own. */
  grant(): Promise<MintedGrant>;
  clear(): Promise<void>;
  /** Tool calls that reached any of the servers. */
  arrived(): Promise<readonly string[]>;
  /** Expects that no request of any kind reached one of them. */
  nothingArrived(): Promise<void>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const [gateway, notes, lab, foreign] = await Promise.all([
    startGateway(),
    startFixture('recorder', { MODE: 'sessions' }),
    startFixture('everything'),
    startFixture('recorder'),
  ]);
  const fixtures = [notes, lab, foreign];
  const ids = {
    notes: (await registerServer(gateway, { name: 'notes', url: notes.url })).id,
    lab: (await registerServer(gateway, { name: 'lab', url: lab.url })).id,
  };
  const policies = {
    notes: (await createPolicy(gateway, ids.notes, NOTES_POLICY)).id,
    lab: (await createPolicy(gateway, ids.lab, LAB_POLICY)).id,
  };
  const foreignServer = await guardServer(
    gateway,
    { name: 'foreign', url: foreign.url },
    { version: '1', default: 'allow' },
  );
  return {
    gateway,
    notes,
    lab,
    foreign,
    foreignServer,
    ids,
    policies,
    url: `${gateway.url}/mcp`,
    grant: () =>
      mintSharedGrant(gateway, [
        { server: 'notes', policyId: policies.notes },
        { server: 'lab', policyId: policies.lab },
      ]),
    clear: async () => void (await Promise.all(fixtures.map((fixture) => fixture.clear()))),
    arrived: async () => {
      const calls = await Promise.all(fixtures.map((fixture) => fixture.calls('tools/call')));
      return calls.flat().map(({ params }) => (params as { readonly name: string }).name);
    },
    nothingArrived: async () => {
      const logs = await Promise.all(fixtures.map((fixture) => fixture.log()));
      expect(logs.flat().map(({ method, body }) => `${method} ${body}`)).toEqual([]);
    },
    close: async () => {
      await gateway.stop();
      await Promise.all(fixtures.map((fixture) => fixture.stop()));
    },
  };
}
