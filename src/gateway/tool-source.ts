/** What the gateway knows of each server's tools, and how it learns more: by asking the server itself. */
import type { Classify, KnownTool } from '../upstreams/index.ts';
import { guessTool, probe } from '../upstreams/index.ts';
import type { Store } from '../store/index.ts';
import type { Upstream } from '../upstreams/index.ts';
import type { Core } from './core.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';
import { refusalOf, upstreamOf } from './personal-upstreams.ts';
import type { KnownToolView } from './types.ts';

/** After a failed attempt, calls are judged by the tool's name until this much later. */
const RETRY_MS = 30_000;
const ASK_MS = 8000;

export class ToolSource {
  readonly #store: Store;
  readonly #core: Core;
  readonly #classify: Classify;
  readonly #asking = new Map<string, Promise<void>>();
  readonly #failedAt = new Map<string, number>();

  constructor(store: Store, core: Core, classify: Classify) {
    this.#store = store;
    this.#core = core;
    this.#classify = classify;
  }

  /** Asks a server once, as the grant's person; resolves also when it could not be asked. */
  learn(server: ServerEntry, grant: GrantEntry | undefined): Promise<void> {
    if (server.catalogue.loaded) return Promise.resolve();
    const upstream = upstreamFor(server, grant);
    if (upstream === undefined) return Promise.resolve();
    const failedAt = this.#failedAt.get(server.id);
    if (failedAt !== undefined && this.#core.clock.elapsed() - failedAt < RETRY_MS) return Promise.resolve();
    const running = this.#asking.get(server.id);
    if (running !== undefined) return running;
    const asking = this.#ask(server, upstream)
      .catch((error: unknown) => {
        this.#failedAt.set(server.id, this.#core.clock.elapsed());
        this.#core.logger.warn(
          { server: server.slug, error: String(error) },
          'the tools of this server could not be listed; calls are judged by tool name',
        );
      })
      .finally(() => this.#asking.delete(server.id));
    this.#asking.set(server.id, asking);
    return asking;
  }

  /** @param person as whom, where everybody signs in for themself @throws PC_UPSTREAM_* */
  async refresh(server: ServerEntry, person: string | undefined): Promise<readonly KnownToolView[]> {
    const { personal, upstream } = server;
    await this.#ask(server, person === undefined ? upstream : (personal?.of(person) ?? upstream));
    this.#failedAt.delete(server.id);
    return this.views(server);
  }

  async views(server: ServerEntry): Promise<readonly KnownToolView[]> {
    await server.catalogue.settled();
    return storedViews(this.#store, server.id);
  }

  known(server: ServerEntry | undefined, name: string): KnownTool {
    if (server === undefined) return guessTool(name, this.#classify);
    return server.catalogue.get(name) ?? server.catalogue.guess(name);
  }

  async #ask(server: ServerEntry, upstream: Upstream): Promise<void> {
    const { tools } = await probe(upstream, { timeoutMs: ASK_MS });
    server.catalogue.observe(tools, true);
  }
}

function upstreamFor(server: ServerEntry, grant: GrantEntry | undefined): Upstream | undefined {
  if (grant === undefined) return server.personal === undefined ? server.upstream : undefined;
  return refusalOf(server, grant) === undefined ? upstreamOf(server, grant) : undefined;
}

/** The stored tools of a server, for people. */
export async function storedViews(
  store: Pick<Store, 'tools'>,
  serverId: string,
): Promise<readonly KnownToolView[]> {
  const rows = await store.tools.list(serverId);
  return rows.map((row) => ({
    name: row.name,
    definition: JSON.parse(row.definition),
    class: row.classOverride ?? row.class,
    classes: row.classes,
    severity: row.severity,
    classOverride: row.classOverride,
    assessment: row.assessment,
    digest: row.digest,
    pinnedDigest: row.pinnedDigest,
    drifted: row.digest !== row.pinnedDigest,
  }));
}
