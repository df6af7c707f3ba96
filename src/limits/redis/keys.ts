/**
 * Names of what is kept in Redis. The part in braces is the same for all keys of an installation: on a cluster they share a
 * slot, and several installations share a server. Nothing in a key is an argument of a call; see counter-key.ts.
 */
export interface Keys {
  readonly marker: string;
  readonly builder: string;
  readonly nodes: string;
  /** The two keys of a window's counter. */
  window(epoch: string, counter: string): readonly [hash: string, order: string];
  slots(epoch: string, counter: string): string;
  /** Says that what a hold took was given back. */
  settled(epoch: string, hold: string): string;
}

export function createKeys(installation: string): Keys {
  const prefix = `{portcullis:${installation}}`;
  return {
    marker: `${prefix}:marker`,
    builder: `${prefix}:builder`,
    nodes: `${prefix}:nodes`,
    window: (epoch, counter) => [`${prefix}:${epoch}:w:${counter}`, `${prefix}:${epoch}:x:${counter}`],
    slots: (epoch, counter) => `${prefix}:${epoch}:s:${counter}`,
    settled: (epoch, hold) => `${prefix}:${epoch}:r:${hold}`,
  };
}
