/** Which era a message belongs to: said by the body, never by a header alone (MCP 2026-07-28, basic/versioning). */
import { PortcullisError } from '../errors.ts';
import { objectOf } from '../json.ts';
import { LEGACY_VERSIONS } from './legacy/versions.ts';
import { MODERN_VERSIONS, VERSION_META } from './modern/versions.ts';
import type { Era, Message, ProtocolVersion } from './types.ts';

export interface EraFacts {
  readonly era: Era;
  /** Legacy: what the header says, if anything; a session knows better. */
  readonly version: ProtocolVersion | undefined;
}

/** @throws PC_PROTOCOL_VERSION */
export function eraOf(message: Message, headers: Readonly<Record<string, string | undefined>>): EraFacts {
  const header = headers['mcp-protocol-version'];
  if (message.kind !== 'response') {
    const said = objectOf(message.params?._meta)?.[VERSION_META];
    if (said !== undefined) {
      const version = MODERN_VERSIONS.find((known) => known === said);
      if (header !== undefined && header !== said)
        throw new PortcullisError('PC_HEADER_MISMATCH', { header: 'MCP-Protocol-Version' });
      if (version === undefined)
        throw new PortcullisError(
          'PC_PROTOCOL_VERSION',
          { version: JSON.stringify(said).slice(0, 40) },
          { data: { supported: MODERN_VERSIONS, requested: said } },
        );
      return { era: 'modern', version };
    }
    if (message.kind === 'request' && message.method === 'server/discover')
      return { era: 'modern', version: undefined };
  }
  return { era: 'legacy', version: LEGACY_VERSIONS.find((known) => known === header) };
}
