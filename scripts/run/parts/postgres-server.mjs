/** A PostgreSQL server of our own: data in a temporary folder, on a free port of the loopback address, gone after the run. */
import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { quietly } from '../command.mjs';
import { accountOf } from './debian.mjs';
import { freePort } from './free-port.mjs';
import { end, untilPrinted } from './server-process.mjs';

/** The folder that holds `initdb` and `postgres`: on the PATH, or where Debian keeps them. */
export function findBinaries() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

/** @throws Error when it cannot be initialized or does not listen */
export async function startServer(binaries) {
  const home = mkdtempSync(join(tmpdir(), 'portcullis-postgres-'));
  // PostgreSQL refuses to run as root.
  const account = process.getuid?.() === 0 ? accountOf('postgres', 'nobody') : {};
  if (account.uid !== undefined) chownSync(home, account.uid, account.gid);
  const data = join(home, 'data');
  const options = { ...account, cwd: home };
  try {
    await quietly(
      join(binaries, 'initdb'),
      ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8'],
      options,
    );
    const port = await freePort();
    const settings = [
      `listen_addresses=127.0.0.1`,
      `unix_socket_directories=${home}`,
      'fsync=off',
      'max_connections=200',
    ];
    const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const server = spawn(join(binaries, 'postgres'), args, {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await untilPrinted(server, server.stderr, 'ready to accept connections');
    const stop = async () => {
      await end(server, 'SIGINT');
      rmSync(home, { recursive: true, force: true });
    };
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}
