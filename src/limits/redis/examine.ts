/** Whether Redis can be counted in, for `portcullis doctor`. */
import type { RedisAddress } from './address.ts';
import { RedisConnection } from './connection.ts';

/** Why not; undefined: it can. Takes `withinMs` at most. */
export async function examineRedis(address: RedisAddress, withinMs: number): Promise<string | undefined> {
  let connection: RedisConnection | undefined;
  try {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      connection = new RedisConnection(address, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    return connection?.isOpen === true ? undefined : connection?.trouble;
  } finally {
    connection?.close();
  }
}
