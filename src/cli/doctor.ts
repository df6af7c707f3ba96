/** Looks at everything that the gateway needs, one after the other, and says what to do about what is wrong. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PortcullisError } from '../errors.ts';
import { loadShared, type RedisAddress } from '../limits/index.ts';
import { loadMasterKey } from '../store/index.ts';
import { askCollector, type TraceSettings } from '../telemetry/index.ts';
import { configurationPath, planConfiguration, readConfiguration } from './configuration/index.ts';
import { readEnvironment, type Environment } from './environment.ts';
import { openInstallation, type Installation } from './installation.ts';
import type { Io } from './io.ts';
import { unknownVariables } from './unknown-variables.ts';

export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** How long Redis may take to answer. */
const REDIS_MS = 5000;

/** Never throws: what cannot be examined is a finding. What stands on something broken is not looked at. */
export async function* examine(io: Io): AsyncGenerator<Finding> {
  yield nodeVersion();
  let environment: Environment;
  try {
    environment = readEnvironment(io.variables);
  } catch (error) {
    return yield problem('environment', error, 'correct the variable');
  }
  const unknown = unknownVariables(io.variables);
  const wellFormed = 'every variable is well formed';
  const detail = unknown === undefined ? wellFormed : `${wellFormed}; ${unknown}`;
  yield { what: 'environment', ok: true, detail };
  yield await dataDirectory(environment.home);
  yield await port(environment);
  if (environment.redis !== undefined) yield await redis(environment.redis);
  if (environment.traces !== undefined) yield await collector(environment.traces);
  try {
    loadMasterKey(environment.home, io.variables);
    yield {
      what: 'master key',
      ok: true,
      detail: io.variables['PORTCULLIS_MASTER_KEY'] ? 'from PORTCULLIS_MASTER_KEY' : 'from its file',
    };
  } catch (error) {
    return yield problem('master key', error, 'restore the key that the secrets were sealed with');
  }
  let installation: Installation;
  try {
    installation = await openInstallation(environment);
    await installation.store.ping();
  } catch (error) {
    return yield problem('database', error, 'check PORTCULLIS_DATABASE_URL and that the database runs');
  }
  try {
    yield { what: 'database', ok: true, detail: `${installation.store.dialect}, writable` };
    yield await configuration(environment, installation);
    yield* servers(io, environment, installation);
  } finally {
    await installation.store.close();
  }
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = (major === 20 && minor >= 19) || (major === 22 && minor >= 14) || major > 22;
  const found = { what: 'Node.js', ok, detail: process.versions.node };
  return ok ? found : { ...found, remedy: 'install Node.js 24' };
}

async function dataDirectory(home: string): Promise<Finding> {
  try {
    await rm(await mkdtemp(join(home, '.doctor-')), { recursive: true });
    return { what: 'data directory', ok: true, detail: home };
  } catch (error) {
    return problem('data directory', error, `make ${home} writable, or set PORTCULLIS_HOME`);
  }
}

function port({ host, port }: Environment): Promise<Finding> {
  const what = 'port';
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        resolve({ what, ok: true, detail: `${host}:${port} is taken, as it is while the gateway runs` });
      else resolve(problem(what, error, 'set PORTCULLIS_HOST and PORTCULLIS_PORT'));
    });
    server.listen(port, host, () =>
      server.close(() => resolve({ what, ok: true, detail: `${host}:${port} is free` })),
    );
  });
}

async function redis(address: RedisAddress): Promise<Finding> {
  const what = 'Redis';
  const trouble = await (await loadShared()).examineRedis(address, REDIS_MS);
  const where = `${address.host}:${address.port}`;
  return trouble === undefined
    ? { what, ok: true, detail: `${where} answers, and takes counters` }
    : problem(what, `${where}: ${trouble}`, 'check PORTCULLIS_REDIS_URL and that Redis runs');
}

async function collector(settings: TraceSettings): Promise<Finding> {
  const what = 'traces';
  const { origin } = new URL(settings.url);
  const trouble = await askCollector(settings);
  return trouble === undefined
    ? { what, ok: true, detail: `${origin} takes them` }
    : problem(what, `${origin}: ${trouble}`, 'check OTEL_EXPORTER_OTLP_ENDPOINT and that the collector runs');
}

async function configuration(environment: Environment, { registry }: Installation): Promise<Finding> {
  const what = 'configuration file';
  const path = configurationPath(environment);
  if (environment.config === undefined && !existsSync(path)) return { what, ok: true, detail: 'none' };
  try {
    await planConfiguration(registry, await readConfiguration(path, environment.variables));
    return { what, ok: true, detail: path };
  } catch (error) {
    return problem(what, error, 'portcullis apply --dry-run shows every problem');
  }
}

async function* servers(
  { probe }: Io,
  environment: Environment,
  installation: Installation,
): AsyncGenerator<Finding> {
  for (const row of await installation.store.servers.list()) {
    const what = `server ${row.slug}`;
    if (probe === undefined) {
      yield { what, ok: true, detail: 'registered; not asked' };
      continue;
    }
    try {
      yield {
        what,
        ok: true,
        detail: `answers, ${(await probe(row, installation, environment)).length} tools`,
      };
    } catch (error) {
      yield problem(what, error, 'check its URL, headers or command');
    }
  }
}

function problem(what: string, error: unknown, remedy: string): Finding {
  const detail =
    error instanceof PortcullisError
      ? [error.message, ...error.problems.slice(0, 1).map(({ message }) => message)].join(' ')
      : String(error);
  return { what, ok: false, detail, remedy };
}
