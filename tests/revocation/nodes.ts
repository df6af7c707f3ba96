/** Gateways that share one configuration: where a change is made, and where its effect is looked for. */
import { randomBytes } from 'node:crypto';
import { startGateway, type TestGateway } from '../kit/index.ts';
import { freshDatabase, noPostgres } from '../kit/postgres.ts';

export interface Nodes {
  readonly here: TestGateway;
  readonly there: TestGateway;
  /** What the command line needs to work on the same configuration. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface Arrangement {
  readonly name: string;
  readonly missing: boolean;
  start(): Promise<Nodes>;
}

export const ARRANGEMENTS: readonly Arrangement[] = [
  { name: 'one process', missing: false, start: one },
  { name: 'two processes on one SQLite file', missing: false, start: twoOnOneFile },
  { name: 'two processes on one PostgreSQL database', missing: noPostgres, start: twoOnOneDatabase },
];

async function one(): Promise<Nodes> {
  const gateway = await startGateway();
  const env = { PORTCULLIS_HOME: gateway.home };
  return { here: gateway, there: gateway, env, stop: async () => void (await gateway.stop()) };
}

async function twoOnOneFile(): Promise<Nodes> {
  const here = await startGateway();
  const there = await startGateway({ home: here.home, env: { PORTCULLIS_ADMIN_KEY: here.adminKey } });
  return { here, there, env: { PORTCULLIS_HOME: here.home }, stop: () => stopBoth(here, there) };
}

async function twoOnOneDatabase(): Promise<Nodes> {
  const database = await freshDatabase();
  const env = {
    PORTCULLIS_DATABASE_URL: database.url,
    PORTCULLIS_MASTER_KEY: randomBytes(32).toString('base64'),
    PORTCULLIS_ADMIN_KEY: `pck_${randomBytes(24).toString('base64url')}`,
  };
  const here = await startGateway({ env });
  const there = await startGateway({ env });
  const stop = async (): Promise<void> => {
    await stopBoth(here, there);
    await database.drop();
  };
  return { here, there, env: { ...env, PORTCULLIS_HOME: here.home }, stop };
}

async function stopBoth(here: TestGateway, there: TestGateway): Promise<void> {
  await there.stop();
  await here.stop();
}
