/** Asks one registered server for its tools without a running gateway: for the command line. */
import type { SecretBox, ServerRow, Store } from '../store/index.ts';
import {
  createAddressGuard,
  createToolCatalogue,
  createUpstream,
  probe,
  type Classify,
  type CredentialSource,
} from '../upstreams/index.ts';
import type { Clock, Logger } from './core.ts';
import { upstreamConfig } from './directory.ts';
import { storedViews } from './tool-source.ts';
import type { KnownToolView } from './types.ts';

export interface ProbeParts {
  readonly store: Store;
  readonly box: SecretBox;
  readonly allowPrivateUpstreams: boolean;
  readonly classify: Classify;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Its changing credentials, when it has any. */
  readonly credentials?: CredentialSource | undefined;
}

/** What it has is stored as if the gateway had asked. @throws PC_UPSTREAM_*, PC_MASTER_KEY */
export async function probeServer(row: ServerRow, parts: ProbeParts): Promise<readonly KnownToolView[]> {
  const { store, classify } = parts;
  const clock = (): number => parts.clock.now();
  const guard = createAddressGuard({ allowPrivate: parts.allowPrivateUpstreams });
  const upstream = createUpstream(upstreamConfig(row, parts.box), {
    name: row.slug,
    ...(parts.credentials === undefined ? {} : { credentials: parts.credentials }),
    guard,
    logger: parts.logger,
    clock,
  });
  try {
    const { tools } = await probe(upstream);
    const catalogue = createToolCatalogue({ store, serverId: row.id, serverName: row.name, classify, clock });
    await catalogue.load();
    catalogue.observe(tools, true);
    await catalogue.settled();
    return await storedViews(store, row.id);
  } finally {
    await upstream.stop();
  }
}
