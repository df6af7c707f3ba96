/** The database behind a URL, its tables brought up to date. */
import { PortcullisError } from '../errors.ts';
import type { Backend } from './backend.ts';
import { catalogTables } from './catalog/catalog-tables.ts';
import { ChangeFeed } from './change-feed.ts';
import { createAccess, readRevision } from './changes.ts';
import { mergeBlocks } from './log/merge-blocks.ts';
import { moveTerms } from './log/move-terms.ts';
import { migrate } from './migrations.ts';
import { openPostgres } from './postgres/open.ts';
import { accounts } from './repositories/accounts/accounts.ts';
import { alerts } from './repositories/alerts.ts';
import { apiKeys } from './repositories/api-keys.ts';
import { approvals } from './repositories/approvals.ts';
import { contactMessages } from './repositories/contact-messages.ts';
import { entries } from './repositories/entries.ts';
import { grants } from './repositories/grants.ts';
import { chains, counters, events } from './repositories/log.ts';
import { nodes } from './repositories/nodes.ts';
import { policies } from './repositories/policies.ts';
import { retention } from './repositories/retention.ts';
import { servers } from './repositories/servers.ts';
import { secrets } from './repositories/secrets.ts';
import { settings, writeSetting } from './repositories/settings.ts';
import { stats } from './repositories/stats.ts';
import { upstreamConnections } from './repositories/upstream-connections.ts';
import { tools } from './repositories/tools.ts';
import { readUnknownChange, unknownOutcomes } from './repositories/unknown-outcomes.ts';
import { rankCalls } from './stats/rank-calls.ts';
import { sharedWatch } from './shared-watch.ts';
import { openSqlite } from './sqlite/open.ts';
import type { Store } from './types.ts';

export interface StoreOptions {
  /** Ms since the epoch; the system's clock unless given. */
  readonly clock?: () => number;
}

/**
 * Opens `sqlite:<path>` (`sqlite::memory:` keeps nothing) or `postgres://…`, and creates what is not there.
 * @throws PC_CONFIG_INVALID for another URL, PC_STORE_UNAVAILABLE when the database cannot be used
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const backend = await openBackend(url);
  try {
    return await storeOver(backend, options.clock ?? Date.now);
  } catch (error) {
    await backend.close();
    throw error;
  }
}

/** @throws PC_CONFIG_INVALID, PC_STORE_UNAVAILABLE */
export async function openBackend(url: string): Promise<Backend> {
  const sqlite = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  if (sqlite !== undefined) return openSqlite(sqlite);
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url);
  throw new PortcullisError('PC_CONFIG_INVALID', {
    detail: 'the database URL must begin with sqlite: or postgres://',
  });
}

export async function storeOver(backend: Backend, clock: () => number): Promise<Store> {
  const { db, dialect } = backend;
  await migrate(db, dialect, clock());
  const watch = sharedWatch(backend.watch);
  const feed = new ChangeFeed(await readRevision(db), () => readRevision(db), watch);
  const lostFeed = new ChangeFeed(await readUnknownChange(db), () => readUnknownChange(db), watch);
  const access = createAccess(backend, feed, clock);
  return {
    dialect,
    servers: servers(access),
    policies: policies(access),
    grants: grants(access, dialect),
    apiKeys: apiKeys(access),
    accounts: accounts(access),
    tools: tools(access),
    approvals: approvals(access),
    alerts: alerts(access),
    entries: entries(backend),
    chains: chains(access),
    retention: retention(backend),
    stats: stats(access),
    async upkeep(now, signal) {
      await moveTerms(backend, signal);
      await mergeBlocks(backend, now, signal);
      await rankCalls(backend, now, signal);
    },
    counters: counters(access),
    events: events(access),
    contactMessages: contactMessages(access, dialect),
    unknownOutcomes: unknownOutcomes(access, backend.announce, lostFeed),
    upstreamConnections: upstreamConnections(access),
    secrets: secrets(access),
    settings: settings(access),
    catalog: catalogTables(access, dialect),
    nodes: nodes(access),
    together: (work) => backend.together(work),
    revision: () => readRevision(db),
    onChange: (listener) => feed.subscribe(listener),
    // Only a write that is committed proves that the next one can be.
    ping: () => access.write((tx) => writeSetting(tx, 'store.ping', String(clock()))),
    async close() {
      feed.close();
      lostFeed.close();
      await backend.close();
    },
  };
}
