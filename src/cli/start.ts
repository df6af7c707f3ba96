/** `portcullis start`: the gateway, the REST API and the pages on one port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { openAlerts } from '../alerts/index.ts';
import { createApi } from '../api/index.ts';
import type { Connections } from '../connections/index.ts';
import { classify, loadStarter, openCatalog } from '../catalog/index.ts';
import { openGateway, type Logger, type OpenedGateway } from '../gateway/index.ts';
import type { Store } from '../store/index.ts';
import type { Traces } from '../telemetry/index.ts';
import { joinWrites, toOriginForm } from '../wire/index.ts';
import { openConnections } from './open-connections.ts';
import { followConfiguration } from './configuration/index.ts';
import { readEnvironment, type Environment } from './environment.ts';
import { keepLogBounded } from './keep-log-bounded.ts';
import { createLogger } from './logger.ts';
import { outliveRejections } from './outlive.ts';
import { openInstallation, type Installation } from './installation.ts';
import { openOwnTraces } from './open-own-traces.ts';
import { systemClock } from './clock.ts';
import { tuneForCalls } from './tune-garbage-collection.ts';
import { warnOfUnknown } from './unknown-variables.ts';
import { welcome } from './welcome.ts';

/** How long calls in flight may take to end after SIGTERM. */
const GRACE_MS = 20_000;
/** How long spans may take to reach the collector after that. */
const FLUSH_MS = 3000;
/** What else there is to do waits for so long: clients that waited for the start come now. */
const FIRST_CALLS_MS = 1000;
/** Then calls get so many times the time that it gets. */
const CALLS_SHARE = 4;

export function startCommand(program: Command): void {
  program
    .command('start')
    .description('run the gateway: MCP at /mcp/<server>, REST at /api/v1')
    .action(async () => {
      await start(readEnvironment(process.env));
    });
}

async function start(environment: Environment): Promise<void> {
  const logger = createLogger(environment.logLevel);
  outliveRejections(logger);
  warnOfUnknown(environment.variables, logger);
  const installation = await openInstallation(environment);
  const { store } = installation;
  const connections = openConnections(environment, installation);
  const closing = new AbortController();
  const traces = await openOwnTraces(environment, logger);
  const { configuration, opened, bounded, alerts } = await store.together(() =>
    open(environment, installation, connections, traces, logger),
  );
  const { gateway, desk } = opened;
  const api = createApi({
    environment,
    installation,
    connections,
    gateway,
    desk,
    alerts,
    log: opened.log,
    ...(traces === undefined ? {} : { traces: traces.counts }),
    logger,
  });
  const server = createServer(
    {
      requestTimeout: 60_000,
      headersTimeout: 30_000,
      keepAliveTimeout: 65_000,
      // Else Node.js takes the first line of Authorization, Host or Content-Type and drops what others may read.
      joinDuplicateHeaders: true,
    },
    (request, response) => {
      toOriginForm(request);
      if (!gateway.handle(request, response)) api(request, response);
    },
  );
  // Their size is bounded. Beyond a count Node.js would drop the last ones, which proxies in front have added.
  server.maxHeadersCount = 0;
  server.on('connection', joinWrites);
  server.listen(environment.port, environment.host, () => {
    const { port } = server.address() as AddressInfo;
    void welcome(environment, installation, port);
    void fillCatalog(store, logger, closing.signal).finally(tuneForCalls);
  });
  server.on('error', (error) => {
    process.stderr.write(
      `portcullis: cannot listen on ${environment.host}:${environment.port}: ${error.message}\n`,
    );
    void stop(1);
  });
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    closing.abort();
    configuration.close();
    await bounded.close();
    await alerts.close();
    server.close();
    server.closeIdleConnections();
    await closeAll(opened, traces, store);
    server.closeAllConnections();
    process.exit(code);
  };
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
}

/** What stands before the first call: the configuration in force, the gateway with its counters and its log, what watches them. */
async function open(
  environment: Environment,
  installation: Installation,
  connections: Connections,
  traces: Traces | undefined,
  logger: Logger,
) {
  const configuration = await followConfiguration(environment, installation, logger);
  const opened = await openGateway({
    home: installation.home,
    store: installation.store,
    masterKey: installation.masterKey,
    previousKeys: installation.previousKeys,
    box: installation.registry.box,
    publicUrl: environment.publicUrl,
    host: environment.host,
    allowPrivateUpstreams: environment.allowPrivateUpstreams,
    trustedProxies: environment.trustedProxies,
    classify,
    redis: environment.redis,
    approvalHoldMs: environment.approvalHoldMs,
    approvalKeepMs: environment.approvalKeepMs,
    logger,
    clock: systemClock,
    role: 'gateway',
    trace: traces?.trace,
    credentials: (server, person) => connections.source(server, person),
  });
  const bounded = keepLogBounded(environment, installation, opened.log, logger);
  const alerts = await openAlerts({
    registry: installation.registry,
    gateway: opened.gateway,
    desk: opened.desk,
    logger,
    publicUrl: environment.publicUrl,
    allowPrivate: environment.allowPrivateUpstreams,
    masterKey: installation.masterKey,
    smtpUrl: environment.smtpUrl,
    smtpFrom: environment.smtpFrom,
  });
  return { configuration, opened, bounded, alerts };
}

/** In the background: the catalogue is a convenience, and calls go first. */
async function fillCatalog(store: Store, logger: Logger, signal: AbortSignal): Promise<void> {
  const giveWay = (ms: number): Promise<void> => pause(ms, undefined, { signal, ref: false });
  try {
    await giveWay(FIRST_CALLS_MS);
    const servers = await loadStarter(store, openCatalog(store), {
      signal,
      giveWay: (tookMs) => giveWay(CALLS_SHARE * tookMs),
    });
    if (servers > 0) logger.info({ servers }, 'the bundled servers are in the catalogue');
  } catch (error) {
    if (!signal.aborted)
      logger.warn({ error: String(error) }, 'the bundled servers could not be put into the catalogue');
  }
}

async function closeAll(opened: OpenedGateway, traces: Traces | undefined, store: Store): Promise<void> {
  await opened.close(GRACE_MS);
  await traces?.close(FLUSH_MS);
  await store.close();
}
