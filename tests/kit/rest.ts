/** What nearly every suite does first, over REST: register a server, give it a policy, mint a grant. */
import type { TestGateway } from './gateway.ts';

export interface RegisteredServer {
  readonly id: string;
  readonly name: string;
  readonly gatewayUrl: string;
}

export interface ServerInput {
  readonly name: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly transport?: 'http' | 'sse';
  readonly caseSensitive?: boolean;
}

export interface GrantInput {
  readonly label?: string;
  readonly policyId?: string;
  readonly expiresAt?: string | number;
  readonly tags?: readonly string[];
  readonly owner?: string;
  readonly allowedAddresses?: readonly string[];
}

export interface MintedGrant {
  readonly id: string;
  readonly token: string;
}

/** @throws Error with status and body when the gateway refuses */
export function registerServer(gateway: TestGateway, input: ServerInput): Promise<RegisteredServer> {
  return created<RegisteredServer>(gateway, '/servers', input);
}

/** @throws Error with status and body when the gateway refuses */
export function createPolicy(
  gateway: TestGateway,
  serverId: string,
  document: unknown,
  name = 'test',
): Promise<{ readonly id: string }> {
  return created<{ id: string }>(gateway, `/servers/${serverId}/policies`, { name, document });
}

/** @throws Error with status and body when the gateway refuses */
export function mintGrant(
  gateway: TestGateway,
  serverId: string,
  { label = 'test', ...rest }: GrantInput = {},
): Promise<MintedGrant> {
  return created<MintedGrant>(gateway, `/servers/${serverId}/grants`, { label, ...rest });
}

/** One grant for several servers, each under its own policy. @throws Error with status and body when the gateway refuses */
export function mintSharedGrant(
  gateway: TestGateway,
  servers: readonly { readonly server: string; readonly policyId?: string | null }[],
  { label = 'shared', ...rest }: Omit<GrantInput, 'policyId'> = {},
): Promise<MintedGrant> {
  return created<MintedGrant>(gateway, '/grants', { label, servers, ...rest });
}

export interface GuardedServer {
  readonly server: RegisteredServer;
  readonly policyId: string;
  readonly grant: MintedGrant;
  /** Where clients point. */
  readonly url: string;
  readonly token: string;
  readonly headers: { readonly authorization: string };
}

/** All three at once. Names must differ within one gateway. */
export async function guardServer(
  gateway: TestGateway,
  input: ServerInput,
  document: unknown,
): Promise<GuardedServer> {
  const server = await registerServer(gateway, input);
  const policy = await createPolicy(gateway, server.id, document);
  const grant = await mintGrant(gateway, server.id, { policyId: policy.id });
  const url = `${gateway.url}/mcp/${server.id}`;
  return {
    server,
    policyId: policy.id,
    grant,
    url,
    token: grant.token,
    headers: { authorization: `Bearer ${grant.token}` },
  };
}

async function created<T>(gateway: TestGateway, path: string, body: unknown): Promise<T> {
  const answer = await gateway.api<T>('POST', path, body);
  if (answer.status !== 200 && answer.status !== 201)
    throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
