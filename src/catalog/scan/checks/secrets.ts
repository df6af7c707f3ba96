/** What looks like a secret. Placeholders of clients and documentation are none. */
import { isSecretName, SECRETS } from '../../../results/index.ts';

const MORE_SHAPES =
  /\b(?:glpat-|npm_|sbp_|ntn_|hf_|xai-|lin_api_|tvly-|dop_v1_|shp(?:at|ss)_|figd_|r8_|pplx-|gsk_|nvapi-|dckr_pat_|PMAK-|sntry[su]_|pypi-|SG\.|rk_|fc-)[A-Za-z0-9_.-]{16,}/;
const MORE_NAMES = /(?:token|_key|apikey|_pat|credentials?|authorization|cookie|_auth|dsn)$/i;
const PLACEHOLDER =
  /\$\{[^}]*\}|\$\w+|\$\(|%\w+%|\{\{.*\}\}|<[^>]*>|^\[.*\]$|\*{3,}|x{4,}|\.{3}|your[-_ ]|my[-_ ]|change[-_ ]?me|example|placeholder|dummy|sample|replace|insert|todo|redacted|^(?:true|false|null|none|\d{1,7})$/i;
const SHORTEST = 8;
/** Bits a character; random base64 of this length has more, words and paths have less. */
const RANDOM = 4.1;

/** Why a value is a secret; undefined when it does not look like one. */
export function secretIn(
  value: string,
  name = '',
): { readonly why: string; readonly sure: boolean } | undefined {
  if (value.length < SHORTEST || value.length > 20_000) return undefined;
  const shape = SECRETS.find(({ hint, pattern }) => hint.test(value) && pattern.matcher(value).find());
  if (shape !== undefined && !PLACEHOLDER.test(value))
    return { why: `shape of a ${shape.label}`, sure: true };
  if (PLACEHOLDER.test(value)) return undefined;
  if (MORE_SHAPES.test(value)) return { why: "shape of a provider's key", sure: true };
  if (
    named(name) &&
    !/^(?:https?|file):|^[./~]|^[A-Za-z]:\\/.test(value) &&
    !/\s/.test(value.replace(/^(?:Bearer|Basic|Token)\s+/i, ''))
  )
    return { why: `value of ${name}`, sure: true };
  if (isRandom(value)) return { why: 'random characters', sure: false };
  return undefined;
}

function named(name: string): boolean {
  return isSecretName(name) || MORE_NAMES.test(name);
}

/** Long, of mixed kinds, and without the structure of paths, hashes and identifiers. */
function isRandom(value: string): boolean {
  if (
    !/^[A-Za-z0-9+/_=-]{32,200}$/.test(value) ||
    !/\d/.test(value) ||
    !/[A-Z]/.test(value) ||
    !/[a-z]/.test(value)
  )
    return false;
  if (/[/\\]\w+[/\\]/.test(value) || /^[\w-]+(?:-[a-z]+){2,}$/.test(value)) return false;
  return entropy(value) >= RANDOM;
}

function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** Enough to find it by, too little to use it. */
export function masked(value: string): string {
  return `${value.slice(0, Math.min(4, Math.floor(value.length / 4)))}… (${value.length} characters)`;
}
