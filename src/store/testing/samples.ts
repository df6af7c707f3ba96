/** Rows for the tests of this folder. */
import { randomUUID } from 'node:crypto';
import type { NewApproval } from '../approval-types.ts';
import type { Db } from '../schema.ts';
import type { ChainRow, EntryRow, GrantRow, PolicyRow, ServerRow, Store } from '../types.ts';

export const START = Date.UTC(2026, 0, 1);

/** Time that moves when told. */
export function steppedClock(start = START): { (): number; advance(ms: number): void } {
  let now = start;
  return Object.assign(() => now, { advance: (ms: number) => void (now += ms) });
}

export function serverSample(slug: string): Parameters<Store['servers']['insert']>[0] {
  return {
    id: randomUUID(),
    organizationId: 'org-1',
    slug,
    name: slug.toUpperCase(),
    transport: 'http',
    url: 'https://example.com/mcp',
    command: null,
    sealedSecrets: null,
    secretNames: [],
    caseSensitive: false,
    source: 'api',
  };
}

export function addServer(store: Store, slug = 'files'): Promise<ServerRow> {
  return store.servers.insert(serverSample(slug));
}

export async function addPerson(store: Store, id: string): Promise<void> {
  const at = new Date(START).toISOString();
  const row = { id, name: id, email: `${id}@example.com`, emailVerified: 1, createdAt: at, updatedAt: at };
  await (store.accounts.database as Db)
    .insertInto('users')
    .values(row as never)
    .execute();
}

export function addPolicy(store: Store, serverId: string, name = 'careful'): Promise<PolicyRow> {
  const writing = {
    document: { version: 1 },
    written: '# careful\nversion: 1\n',
    note: null,
    author: 'alice',
  };
  return store.policies.insert({ id: randomUUID(), serverId, name, source: 'api', ...writing });
}

export function grantSample(serverId: string, tokenHash: string): Parameters<Store['grants']['insert']>[0] {
  return {
    id: randomUUID(),
    serverId,
    label: 'laptop',
    tags: ['dev', 'eu'],
    owner: 'Ada',
    allowedAddresses: ['203.0.113.0/24'],
    policyId: null,
    tokenHash,
    sealedToken: `sealed ${tokenHash}`,
    expiresAt: null,
    source: 'api',
  };
}

export function addGrant(store: Store, serverId: string, tokenHash = 'hash-1'): Promise<GrantRow> {
  return store.grants.insert(grantSample(serverId, tokenHash));
}

export function toolSample(name: string, digest = 'd1'): Parameters<Store['tools']['upsert']>[1][number] {
  const assessment = { confidence: 0.9, signals: ['path'] };
  const definition = `{"name": ${JSON.stringify(name)}}`;
  return {
    name,
    definition,
    digest,
    class: 'Write',
    classes: ['Write', 'Read'],
    severity: 'Medium',
    assessment,
  };
}

export function entrySample(chain: string, seq: number, change: Partial<EntryRow> = {}): EntryRow {
  return {
    chain,
    seq,
    kind: 'decision',
    id: `call-${seq}`,
    at: START + seq,
    organization: 'org-1',
    server: 'server-1',
    grantId: 'grant-1',
    tool: 'send',
    method: 'tools/call',
    outcome: 'allow',
    rule: null,
    overheadMs: null,
    upstreamMs: null,
    line: `{"kind":"decision","seq":${seq},"text":"it's \\\\ \\"quoted\\" ✓"}`,
    ...change,
  };
}

export function headOf(chain: string, seq: number): ChainRow {
  return { chain, seq, hash: `hash-${seq}`, publicKey: 'pem' };
}

/** Inserts entries from `first` to `last`, each of which takes 1 from the counter "k". */
export async function insertRun(store: Store, chain: string, first: number, last: number): Promise<void> {
  const rows = Array.from({ length: last - first + 1 }, (_, place) => entrySample(chain, first + place));
  const deltas = rows.map(({ seq }) => ({ seq, key: 'k', bucket: 0, amount: 1, expires: 9e15 }));
  await store.entries.insertBatch(chain, rows, deltas, headOf(chain, last));
}

export function approvalSample(more: Partial<NewApproval> = {}): NewApproval {
  return {
    id: randomUUID(),
    organizationId: 'org-1',
    serverId: 's',
    serverName: 'S',
    grantId: 'g',
    grantLabel: 'G',
    owner: null,
    tool: 't',
    toolClass: 'Write',
    fingerprint: 'f',
    definitionDigest: 'd',
    argumentDigest: 'a',
    policyId: 'p',
    policyVersion: 1,
    rule: '/r',
    message: 'why',
    earlier: null,
    sealedArguments: 'sealed',
    viewHash: 'v',
    people: 1,
    role: 'policy_manager',
    approvers: [],
    requestedAt: START,
    expiresAt: START + 60_000,
    ...more,
  };
}
