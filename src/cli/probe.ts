import { classify } from '../catalog/index.ts';
import { probeServer } from '../gateway/index.ts';
import { systemClock } from './clock.ts';
import type { ProbeServer } from './io.ts';
import { createLogger } from './logger.ts';
import { openConnections } from './open-connections.ts';

/** Asks a server without a gateway that runs. */
export const probe: ProbeServer = (row, installation, environment) =>
  probeServer(row, {
    store: installation.store,
    box: installation.registry.box,
    credentials: openConnections(environment, installation).source(row),
    allowPrivateUpstreams: environment.allowPrivateUpstreams,
    classify,
    logger: createLogger('silent'),
    clock: systemClock,
  });
