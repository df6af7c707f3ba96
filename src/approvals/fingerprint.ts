/** Ties an approval to one call: whatever of it changes, the fingerprint is another one and finds no approval. */
import { createHash, createHmac } from 'node:crypto';
import { canonicalJson } from '../json.ts';
import type { AskedCall } from './types.ts';

/** HMAC-SHA-256 of the canonical JSON of what the server acts on, base64url. Keyed, because arguments can be few enough to try them all. */
export function argumentDigest(call: AskedCall, key: Buffer): string {
  return createHmac('sha256', key).update(canonicalJson(call.params)).digest('base64url');
}

/** SHA-256, hex. */
export function fingerprint(call: AskedCall, args: string): string {
  const { organization, server, grant, tool, policy, rule, earlier } = call;
  return createHash('sha256')
    .update(
      JSON.stringify([
        organization,
        server.id,
        grant.id,
        tool.name,
        tool.definitionDigest,
        args,
        policy.id,
        policy.version,
        rule,
        ...(earlier === undefined ? [] : [earlier]),
      ]),
    )
    .digest('hex');
}
