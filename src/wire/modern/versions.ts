import type { ProtocolVersion } from '../types.ts';

/** Revisions in which every request stands alone. */
export const MODERN_VERSIONS: readonly ProtocolVersion[] = ['2026-07-28'];

/** The member of `params._meta` that says so. */
export const VERSION_META = 'io.modelcontextprotocol/protocolVersion';
