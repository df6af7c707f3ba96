/** Why Redis does not serve, in words for operators. Made from codes alone: what a server or library writes may hold secrets. */

const REPLIES: Readonly<Record<string, string>> = {
  WRONGPASS: 'Redis refuses the user name or password',
  NOAUTH: 'Redis wants a password',
  NOPERM: 'the Redis user may not do what counting takes',
  READONLY: 'Redis is read-only: it is a replica',
  OOM: 'Redis is out of memory',
  LOADING: 'Redis is still loading its data',
  MISCONF: 'Redis takes no writes, because it cannot write to its disk',
  NOREPLICAS: 'Redis takes no writes, because it has too few replicas',
  MASTERDOWN: 'Redis has lost its master',
  CLUSTERDOWN: 'the Redis cluster is down',
  MOVED: 'Redis is a cluster, which must be reached through one address',
  BUSY: 'Redis is busy with another script',
};

const OWN = /^[A-Z][A-Z_0-9]{2,30}$/;

export function troubleOf(error: unknown): string {
  const { code, message = '' } = (error ?? {}) as { readonly code?: unknown; readonly message?: string };
  const [word = ''] = message.split(' ');
  const known = REPLIES[word];
  if (known !== undefined) return known;
  if (message.includes('command not allowed when used memory')) return REPLIES.OOM!;
  if (/\bWRONGPASS\b/.test(message)) return REPLIES.WRONGPASS!;
  if (typeof code === 'string' && OWN.test(code)) return `Redis cannot be reached (${code})`;
  return OWN.test(word) && word !== 'ERR'
    ? `Redis refuses (${word})`
    : 'Redis cannot be reached, or does not understand what it is asked';
}

/** Thrown where there is no answer. */
export class NoAnswer extends Error {}
