/** E-mail addresses of the plain kind: one `local@domain`, no display name, no routing characters. */
import type { Json } from '../../json.ts';
import { normaliseHost, type Host } from './host.ts';

/** Undefined for anything that mail software could read in more than one way. */
export function emailDomain(value: Json): Host | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^[^\s@<>()[\],;:\\"'`%!\u0000-\u001f\u007f]{1,64}@([^\s@<>()[\],;:\\"'`%!/]{1,253})$/.exec(value);
  return match === null ? undefined : normaliseHost(match[1]!);
}
