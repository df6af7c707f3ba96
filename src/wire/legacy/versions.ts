import type { ProtocolVersion } from '../types.ts';

/** Revisions with `initialize` and sessions. */
export const LEGACY_VERSIONS: readonly ProtocolVersion[] = [
  '2024-11-05',
  '2025-03-26',
  '2025-06-18',
  '2025-11-25',
];

/** `MCP-Protocol-Version`, which every request after `initialize` has from 2025-06-18 on (basic/transports). */
export function versionHeader(version: string | undefined): { readonly 'mcp-protocol-version'?: string } {
  return version === undefined || version < '2025-06-18' ? {} : { 'mcp-protocol-version': version };
}
