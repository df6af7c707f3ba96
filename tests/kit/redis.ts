/**
 * Redis for a suite: `describe.skipIf(noRedis)` where the machine has none. A suite that stops, empties or starves a server has
 * one of its own, `describe.skipIf(noRedisServer)`.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './ports.ts';
import { runCommand, type RunningProcess } from './process.ts';

/** A server that runs, and that others may use too: nothing but keys of one's own may be touched. */
export const redisUrl = process.env.PORTCULLIS_TEST_REDIS;

export const noRedis = redisUrl === undefined;

const program = ['redis-server', 'valkey-server']
  .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));

export const noRedisServer = program === undefined;

export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  /** One command. */
  command(...words: readonly string[]): Promise<unknown>;
  /** The same with a password. */
  authed(password: string, ...words: readonly string[]): Promise<unknown>;
  /** Ends it; without `SAVE` nothing lasts. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again at the same address, with more arguments if given. */
  start(...more: readonly string[]): Promise<void>;
  pid(): number;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** @throws Error when there is no program, or it does not start */
export async function startRedis(...more: readonly string[]): Promise<OwnRedis> {
  if (program === undefined) throw new Error('there is no redis-server: this suite should have been skipped');
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-redis-'));
  const port = await freePort();
  const common = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'no'];
  let running: RunningProcess | undefined;
  const start = async (...extra: readonly string[]): Promise<void> => {
    running = runCommand(program, [...common, '--save', '', ...more, ...extra]);
    await running.line(/Ready to accept connections/);
  };
  await start();
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> =>
    void (await running?.stop(signal));
  const command = async (
    password: string | undefined,
    [name, ...words]: readonly string[],
  ): Promise<unknown> => {
    const auth = password === undefined ? {} : { password };
    const client = new Redis(port, '127.0.0.1', { ...auth, lazyConnect: true, retryStrategy: null });
    client.on('error', () => {});
    try {
      await client.connect();
      return await client.call(name as string, ...words);
    } finally {
      client.disconnect();
      if (client.status !== 'end') await once(client, 'end');
    }
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    command: (...words) => command(undefined, words),
    authed: (password, ...words) => command(password, words),
    stop,
    start,
    pid: () => running?.child.pid ?? 0,
    close: async () => {
      await stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
