// Fills a data directory as a large installation would have it: servers, tools, policies, grants, and decisions over 90 days,
// as whole blocks of a true chain.
import { join } from 'node:path';

const DAY = 86_400_000;
const DAYS = 90;
const PER_BLOCK = 1_000;
/** Blocks of one transaction: neighbours in an index are written once, and sums of an hour are added once. */
const TOGETHER = 50;
/** The same where what is summed up in between must not be mistaken for a transaction that nobody ends. */
const TOGETHER_ON_A_SERVER = 10;
/** Grants of a server that call. */
const CALLING = 10;
/** Rows of one statement. */
const SLICE = 500;
/** What each grant calls; calls are spread unevenly, as they are in life. */
const TOOLS_CALLED = 4;
/** Sums that an installation of this age still has, by the age of the call. */
const KEPT = [
  [2 * DAY, [60_000, 3_600_000, DAY]],
  [60 * DAY, [3_600_000, DAY]],
  [Number.POSITIVE_INFINITY, [DAY]],
];

/** @param load imports a module of `src` */
export async function fill(load, { home, database, servers, tools, grants: wanted, decisions }) {
  const { storeOver } = await load('/src/store/open-store.ts');
  const { createSecretBox, loadMasterKey, loadSigningKey } = await load('/src/store/index.ts');
  const { openRegistry } = await load('/src/registry/index.ts');
  const backend = await openBackend(load, database ?? join(home, 'portcullis.db'));
  const store = await storeOver(backend, Date.now);
  const { key } = loadMasterKey(home, {});
  const { organization } = await openRegistry({ store, box: createSecretBox(key, []) });
  const grants = await configure(load, store, backend.db, organization, { servers, tools, grants: wanted });
  await fillLog(load, backend, store, loadSigningKey(home), { organization, grants, decisions });
  // What autovacuum does in time for a log that grows as it should.
  if (store.dialect === 'postgres') await vacuum(database);
  const began = performance.now();
  await store.upkeep(Date.now());
  console.log(`upkeep, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  await store.close();
}

async function vacuum(url) {
  const { Client } = await import('pg');
  const client = new Client(url);
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

async function openBackend(load, place) {
  if (place.startsWith('postgres')) return (await load('/src/store/postgres/open.ts')).openPostgres(place);
  const { openSqlite, sqliteBackend } = await load('/src/store/sqlite/open.ts');
  await (await openSqlite(place)).close();
  const handle = await (await load('/src/store/sqlite/handle.ts')).openSqliteHandle(place);
  // Pages of the indexes are written over and over: seldom to the file, and mostly from memory.
  handle.exec('PRAGMA wal_autocheckpoint = 250000');
  handle.exec('PRAGMA cache_size = -1000000');
  return sqliteBackend(handle);
}

async function configure(load, store, db, organization, { servers, tools, grants: wanted }) {
  const { newId } = await load('/src/store/index.ts');
  const grants = [];
  const silent = Math.max(0, Math.round(wanted / servers) - CALLING);
  const isThere = (await store.servers.list()).length >= servers;
  for (let number = 0; number < servers; number += 1) {
    const slug = `server-${String(number).padStart(4, '0')}`;
    const listed = Array.from({ length: Math.round(tools / servers) }, (_, tool) => madeUpTool(tool));
    for (let place = 0; place < CALLING; place += 1) {
      const called = listed.slice(place * TOOLS_CALLED, place * TOOLS_CALLED + TOOLS_CALLED);
      grants.push({ id: `grant-${number}-${place}`, server: slug, tools: called.map(({ name }) => name) });
    }
    if (isThere) continue;
    const { id } = await store.servers.insert({
      id: slug,
      organizationId: organization,
      slug,
      name: `Server ${number}`,
      transport: 'http',
      url: 'http://127.0.0.1:9/mcp',
      command: null,
      sealedSecrets: null,
      secretNames: [],
      caseSensitive: false,
      source: 'api',
    });
    await store.tools.upsert(id, listed, Date.now());
    const document = {
      version: '1',
      default: 'deny',
      tools: Object.fromEntries(listed.slice(0, 20).map(({ name }) => [name, {}])),
    };
    const policy = await store.policies.insert({
      id: `policy-${number}`,
      serverId: id,
      name: 'usual',
      source: 'api',
      document,
      written: JSON.stringify(document),
      note: null,
      author: 'bench',
    });
    for (let place = 0; place < CALLING; place += 1) {
      await store.grants.insert({
        id: `grant-${number}-${place}`,
        serverId: id,
        label: `agent ${place}`,
        tags: ['bench'],
        policyId: policy.id,
        tokenHash: `hash-${number}-${place}`,
        sealedToken: 'sealed',
        expiresAt: null,
        source: 'api',
      });
    }
    const more = Array.from({ length: silent }, (_, place) =>
      silentGrant(newId, number, place, id, policy.id),
    );
    for (let from = 0; from < more.length; from += SLICE)
      await db
        .insertInto('grants')
        .values(more.slice(from, from + SLICE))
        .execute();
  }
  return grants;
}

/** One that calls nothing: of every ten one is revoked, one has no policy, and one ends this week or did last week. */
function silentGrant(newId, server, place, serverId, policyId) {
  const now = Date.now();
  const at = now - DAYS * DAY + ((place * 7919 + server * 104_729) % 7_776_000) * 1000;
  return {
    id: newId(at),
    serverId,
    label: `laptop ${server}-${place}`,
    tags: JSON.stringify(place % 4 === 0 ? ['bench', `team-${place % 50}`] : ['bench']),
    policyId: place % 10 === 1 ? null : policyId,
    tokenHash: `silent-hash-${server}-${place}`,
    sealedToken: 'sealed'.repeat(20),
    expiresAt: place % 10 === 2 ? now + ((place % 140) - 70) * (DAY / 10) : null,
    revokedAt: place % 10 === 3 ? now : null,
    owner: `Person ${(server * 31 + place) % 5000}`,
    ownerId: null,
    allowedAddresses: '[]',
    source: 'api',
    createdAt: at,
    updatedAt: at,
  };
}

function madeUpTool(number) {
  const name = `tool_${String(number).padStart(4, '0')}`;
  const description = 'Reads what it is asked for, and says what it found. '.repeat(8);
  const definition = JSON.stringify({ name, description, inputSchema: { type: 'object' } });
  const judged = { class: 'Read', classes: ['Read'], severity: 'Low', assessment: { confidence: 0.8 } };
  return { name, definition, digest: `digest-${number}`, ...judged };
}

async function fillLog(load, backend, store, key, { organization, grants, decisions }) {
  const { BlockBuilder, newId } = await load('/src/store/index.ts');
  const { StatSums } = await load('/src/store/stats/stat-sums.ts');
  const { factsOf, openLine, NO_HASH } = await load('/src/audit/line.ts');
  const { ChainWriter } = await load('/src/audit/chain-writer.ts');
  const chain = `gateway-900-${key.keyId}`;
  const end = Date.now();
  const start = end - DAYS * DAY;
  const random = seeded(7);
  const began = performance.now();
  // Goes on where a run before was stopped.
  const { seq = 0, hash = NO_HASH } = (await store.chains.get(chain)) ?? {};
  let done = seq - Math.floor(seq / PER_BLOCK);
  const timeOf = (number) => Math.round(start + (number / decisions) * (end - start));
  const identity = { chain, organization: 'portcullis', signingKey: key, clock: () => timeOf(done) };
  const writer = new ChainWriter(identity, { seq, hash });
  const sumsAt = (at) => new StatSums(KEPT.find(([age]) => end - at <= age)[1]);
  const together = store.dialect === 'sqlite' ? TOGETHER : TOGETHER_ON_A_SERVER;
  let [blocks, stats] = [[], sumsAt(start)];
  while (done < decisions) {
    const block = new BlockBuilder(chain, writer.head.seq + 1, stats);
    const draft = writer.draft();
    for (; draft.entries.length < PER_BLOCK - 1 && done < decisions; done += 1) {
      const at = timeOf(done);
      const body = madeUpDecision(newId(at), at, organization, pick(grants, random() ** 3), random);
      const index = { kind: 'decision', ...indexOf(body) };
      draft.add(index, openLine(index, body));
    }
    draft.addCheckpoint();
    for (const { index } of draft.entries) block.add(factsOf(index));
    block.addLines(Buffer.from(draft.lines()));
    writer.accept(draft);
    blocks.push({ ...block.build(), stats: new StatSums() });
    if (blocks.length < together && done < decisions) continue;
    blocks[0] = { ...blocks[0], stats };
    await backend.insertBlocks(blocks, { chain, ...writer.head, publicKey: key.publicKeyPem });
    [blocks, stats] = [[], sumsAt(timeOf(done))];
    if (done % 250_000 < together * PER_BLOCK)
      console.log(`${done} decisions, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
  await store.entries.flush();
}

function madeUpDecision(id, at, organization, grant, random) {
  const outcome = random() < 0.9 ? 'allow' : random() < 0.9 ? 'deny' : 'error';
  const tool = pick(grant.tools, random() ** 2);
  return {
    id,
    at,
    organization,
    server: { id: grant.server, name: grant.server },
    grant: { id: grant.id, label: 'agent' },
    client: { name: 'bench', version: '1' },
    era: '2025-11-25',
    session: 'session',
    requestId: 1,
    method: 'tools/call',
    tool,
    argumentKeys: ['path'],
    argumentDigests: { path: 'AAAAAAAAAAAAAAAAAAAAAA' },
    policy: { id: 'policy', version: 1 },
    outcome,
    rule: outcome === 'deny' ? '/default' : `/tools/${tool}`,
    message: '',
    reservations: [],
    dispatched: outcome !== 'deny',
    upstream: { status: 200, durationMs: Math.round(random() * 300) },
    overheadMs: Math.round(random() * 1_000) / 1_000,
  };
}

function indexOf({ id, at, organization, server, grant, tool, method, outcome, rule, overheadMs, upstream }) {
  const upstreamMs = upstream.durationMs;
  return {
    id,
    at,
    organization,
    server: server.id,
    grant: grant.id,
    tool,
    method,
    outcome,
    rule,
    overheadMs,
    upstreamMs,
  };
}

function pick(items, share) {
  return items[Math.min(items.length - 1, Math.floor(share * items.length))];
}

/** Mulberry32: the same installation every time. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
