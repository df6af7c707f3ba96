/** Takes secrets out of text that a child printed, before it is logged or shown. */

const SHORTEST_SECRET = 4;
const TOKEN_LIKE = /\b(?:Bearer\s+\S+|(?=[A-Za-z0-9_-]*\d)[A-Za-z0-9_-]{20,})/g;

/**
 * Replaces configured values, long command arguments after `=` and anything that looks like a token.
 * @param values the values of the configured environment
 */
export function createMask(values: readonly string[], command: readonly string[]): (text: string) => string {
  const assigned = command.flatMap((part) => (part.includes('=') ? [part.slice(part.indexOf('=') + 1)] : []));
  const secrets = [...values, ...assigned]
    .filter((value) => value.length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length);
  return (text) =>
    secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text).replace(TOKEN_LIKE, '***');
}
