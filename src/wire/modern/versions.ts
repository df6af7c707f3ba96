import type { ProtocolVersion } from '../types.ts';

/** Revisions in which every request stands alone. */
export const MODERN_VERSIONS: readonly ProtocolVersion[] = ['2026-07-28'];

/** The member of `params._meta` that says so. */
export const VERSION_META = 'io.modelcontextprotocol/protocolVersion';
/** Beside it: what the client can do, and what it is. */
export const CAPABILITIES_META = 'io.modelcontextprotocol/clientCapabilities';
export const CLIENT_INFO_META = 'io.modelcontextprotocol/clientInfo';
/** The member of `params._meta` or `result._meta` that names the subscription of a message: the id of the request that opened it. */
export const SUBSCRIPTION_META = 'io.modelcontextprotocol/subscriptionId';
