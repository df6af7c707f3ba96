/** A gateway in allow-all mode in front of one server, and how its processes are started. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/run/parts/free-port.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const TOKEN = 'conformance-token-0123456789';
export const PATH = '/mcp/everything';

/** Starts a script of this tree and waits until it listens. @throws Error when it ends before that */
export function start(file, args, env) {
  const child = spawn(process.execPath, [join(ROOT, file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout.on('data', (chunk) => {
      seen += chunk;
      if (seen.includes('listening on')) resolve(child);
    });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
}

/** Resolves to its port and what stops it. */
export async function startGateway(url) {
  const home = mkdtempSync(join(tmpdir(), 'portcullis-conformance-'));
  writeFileSync(
    join(home, 'portcullis.yaml'),
    JSON.stringify({
      servers: [{ name: 'everything', url }],
      policies: [{ name: 'all', server: 'everything', document: { version: '1', default: 'allow' } }],
      grants: [{ label: 'conformance', server: 'everything', policy: 'all', token: TOKEN }],
    }),
  );
  const port = await freePort();
  const child = await start('bin/portcullis.js', ['start'], {
    PORTCULLIS_HOME: home,
    PORTCULLIS_PORT: String(port),
    PORTCULLIS_LOG_LEVEL: 'error',
  });
  return {
    port,
    stop: () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      return ended.then(() => rmSync(home, { recursive: true, force: true }));
    },
  };
}
