/**
 * REST, operations and the page at `/`. Every answer that is not a success is a problem document; what was not foreseen
 * is logged and answered without its cause.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { Registry as MetricsRegistry } from 'prom-client';
import { openCatalog } from '../catalog/index.ts';
import { Accounts } from '../accounts/index.ts';
import { PortcullisError, toPortcullisError } from '../errors.ts';
import { addressPolicy } from '../identity/index.ts';
import { DecisionFeed } from '../registry/index.ts';
import { addApproveLink } from './approve-link.ts';
import { addCatalogPages } from './catalog-pages.ts';
import { addCatalogMcp } from './catalog-mcp.ts';
import type { Services } from './contract.ts';
import { addAuthDoor } from './auth-door.ts';
import { Gate } from './gate.ts';
import { KeyRing } from './key-ring.ts';
import { createMetrics } from './metrics.ts';
import { addConnectionPages } from './connection-pages.ts';
import { addOperations } from './operations.ts';
import type { ApiOptions } from './options.ts';
import { problemResponse } from './problem.ts';
import { ROUTES } from './routes/index.ts';
import { PREFIX, serveRoute } from './serve-route.ts';
import { VERSION } from './version.ts';

/** How long a reader waits for decisions that are on disk but not in the database yet. */
const SETTLE_MS = 1000;

export type Answerer = (request: IncomingMessage, response: ServerResponse) => void;

export function createApp(options: ApiOptions): Answerer {
  const { alerts, connections, desk, environment, gateway, installation, log, logger } = options;
  const { registry } = installation;
  const accounts = new Accounts({
    store: registry.store,
    box: registry.box,
    organization: registry.organization,
    now: registry.now,
    random: registry.random,
    publicUrl: environment.publicUrl,
    addresses: addressPolicy(environment.publicUrl, environment.host, environment.trustedProxies),
    settings: environment.accounts,
    logger,
  });
  const services: Services = {
    registry,
    accounts,
    gateway,
    desk,
    alerts,
    connections,
    feed: new DecisionFeed(registry.store),
    settled: () => Promise.race([log.settled(), pause(SETTLE_MS, undefined, { ref: false })]),
    publicUrl: environment.publicUrl,
    catalog: openCatalog(registry.store, { clock: registry.now }),
  };
  const keys = new KeyRing(registry, environment.adminKey);
  const gate = new Gate(registry, accounts, keys);
  const metrics = createMetrics(options.metrics ?? new MetricsRegistry(), gateway, options.traces);
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.use(async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    // Pages with forms have one of their own.
    if (!context.res.headers.has('referrer-policy')) context.header('referrer-policy', 'no-referrer');
  });
  addApproveLink(app, services);
  addCatalogMcp(app, services.catalog, addressPolicy(environment.publicUrl, environment.host), VERSION);
  addAuthDoor(app, accounts, gate);
  addConnectionPages(app, services, logger);
  addOperations(app, options, services, keys, metrics, VERSION);
  addCatalogPages(app, registry, environment.publicUrl, {
    reader: services.catalog,
    ...options.catalog,
  });
  for (const route of ROUTES) {
    const serve = serveRoute(route, services, gate);
    app.on(route.method, honoPath(route.path), async (context) => {
      const answer = await serve(context).catch((thrown: unknown) => refusal(thrown));
      metrics.answered(route.method, route.path, answer.status);
      return answer;
    });
  }
  for (const path of new Set(ROUTES.map((route) => route.path))) app.all(honoPath(path), notAllowed(path));
  app.all(`${PREFIX}/*`, async (context) => {
    await gate.admit(context, 'person');
    throw new PortcullisError('PC_API_NOT_FOUND', { what: 'resource' });
  });
  app.onError((thrown) => refusal(thrown));

  function refusal(thrown: unknown): Response {
    const error = toPortcullisError(thrown);
    if (error.status >= 500)
      logger.error({ code: error.code, cause: String(error.cause ?? '') }, error.message);
    return problemResponse(error);
  }

  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return (request, response) => void listener(request, response);
}

function notAllowed(path: string): (context: Context) => never {
  const allow = ROUTES.filter((route) => route.path === path)
    .map(({ method }) => method)
    .join(', ');
  return () => {
    throw new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow });
  };
}

function honoPath(path: string): string {
  return PREFIX + path.replace(/\{(\w+)\}/g, ':$1');
}
