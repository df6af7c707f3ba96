/** `portcullis start`: the gateway, the REST API and the pages on one port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from 'commander';
import { createApi } from '../api/index.ts';
import { classify } from '../catalog/index.ts';
import { openGateway, type OpenedGateway } from '../gateway/index.ts';
import type { Store } from '../store/index.ts';
import { followConfiguration } from './configuration/index.ts';
import { readEnvironment, type Environment } from './environment.ts';
import { createLogger } from './logger.ts';
import { openInstallation } from './installation.ts';
import { systemClock } from './clock.ts';
import { welcome } from './welcome.ts';

/** How long calls in flight may take to end after SIGTERM. */
const GRACE_MS = 20_000;

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
  const installation = await openInstallation(environment);
  const { store, home } = installation;
  const opened = await openGateway({
    home,
    store,
    masterKey: installation.masterKey,
    previousKeys: installation.previousKeys,
    publicUrl: environment.publicUrl,
    host: environment.host,
    allowPrivateUpstreams: environment.allowPrivateUpstreams,
    classify,
    logger,
    clock: systemClock,
    role: 'gateway',
  });
  const { gateway } = opened;
  const configuration = await followConfiguration(environment, installation, logger);
  const api = createApi({ environment, installation, gateway, log: opened.log, logger });
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 30_000, keepAliveTimeout: 65_000 },
    (request, response) => {
      if (!gateway.handle(request, response)) api(request, response);
    },
  );
  server.listen(environment.port, environment.host, () => {
    const { port } = server.address() as AddressInfo;
    void welcome(environment, store, port);
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
    configuration.close();
    server.close();
    server.closeIdleConnections();
    await closeAll(opened, store);
    server.closeAllConnections();
    process.exit(code);
  };
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
}

async function closeAll(opened: OpenedGateway, store: Store): Promise<void> {
  await opened.close(GRACE_MS);
  await store.close();
}
