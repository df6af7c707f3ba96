/** The clients that the policies hold for, and their tokens. */
import {
  mintGrant,
  v1Client,
  v2Client,
  type GuardedServer,
  type TestGateway,
  type ToolClient,
} from '../kit/index.ts';

export type Connect = (url: string, token: string) => Promise<ToolClient>;

export const LEGACY_CLIENTS: [string, Connect][] = [
  ['v1', (url, token) => v1Client(url, { token })],
  ['v2 legacy', (url, token) => v2Client(url, 'legacy', { token })],
  ['v2 auto', (url, token) => v2Client(url, 'auto', { token })],
];

/** A fresh grant under the policy, so that rounds do not share a counter. */
export async function freshToken(gateway: TestGateway, { server, policyId }: GuardedServer): Promise<string> {
  return (await mintGrant(gateway, server.id, { policyId })).token;
}
