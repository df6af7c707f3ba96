import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux, macOS and Windows take for connections that go out and for port 0, with room for each of vitest's workers. */
const FIRST = 10_000;
const EACH = 1_000;
const WORKERS = 20;

const first = FIRST + (Number(process.env.VITEST_POOL_ID ?? 0) % WORKERS) * EACH;
let tried = process.pid;

/** A port of 127.0.0.1 that nothing listens on, and that nobody else takes before the caller does. */
export async function freePort(): Promise<number> {
  for (let left = EACH; left > 0; left -= 1) {
    tried += 1;
    const port = first + (tried % EACH);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port is free from ${first} to ${first + EACH - 1}`);
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
