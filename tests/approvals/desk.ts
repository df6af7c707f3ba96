/** What every suite here starts with: a gateway, a server that notes what reaches it, and a tool that takes a person to call. */
import { afterAll, beforeAll } from 'vitest';
import {
  guardServer,
  startFixture,
  startGateway,
  type Fixture,
  type GatewayOptions,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';

export const POLICY = {
  version: '1',
  default: 'allow',
  tools: { echo: { approve_if: [{ conditions: [], reason: 'Look at it first.', expires: '10m' }] } },
};

export interface Approval {
  readonly id: string;
  readonly state: string;
  readonly viewHash: string;
  readonly call: string | null;
  readonly [member: string]: unknown;
}

export interface Desk {
  readonly gateway: TestGateway;
  readonly upstream: Fixture;
  readonly guarded: GuardedServer;
  /** The newest approval. */
  newest(): Promise<Approval>;
  list(query?: string): Promise<Approval[]>;
  approve(id: string, key?: string): Promise<number>;
  deny(id: string, reason: string, key?: string): Promise<number>;
  /** The arguments of every call of the tool that reached the server. */
  arrived(): Promise<unknown[]>;
}

/** One for a whole file; the server's log is the file's to clear. */
export function openDesk(options: GatewayOptions = {}, policy: object = POLICY): Desk {
  const desk = {} as { -readonly [Name in keyof Desk]: Desk[Name] };
  beforeAll(async () => {
    desk.upstream = await startFixture('recorder');
    desk.gateway = await startGateway({
      ...options,
      env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0', ...options.env },
    });
    desk.guarded = await guardServer(desk.gateway, { name: 'Recorder', url: desk.upstream.url }, policy);
    const { gateway, upstream } = desk;
    desk.list = async (query = '') =>
      (await gateway.api<{ items: Approval[] }>('GET', `/approvals${query}`)).body.items;
    desk.newest = async () => (await desk.list())[0]!;
    desk.approve = async (id, key) =>
      (await gateway.api('POST', `/approvals/${id}/approve`, { reason: 'fine' }, key)).status;
    desk.deny = async (id, reason, key) =>
      (await gateway.api('POST', `/approvals/${id}/deny`, { reason }, key)).status;
    desk.arrived = async () =>
      (await upstream.calls('tools/call')).map(
        (call) => (call['params'] as { arguments: unknown }).arguments,
      );
  });
  afterAll(async () => {
    await desk.gateway?.stop();
    await desk.upstream?.stop();
  });
  return desk;
}
