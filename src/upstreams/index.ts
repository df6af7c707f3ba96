export { createAddressGuard, type AddressGuard, type ResolveAll } from './address/address-guard.ts';
export { guessTool } from './catalogue/known-tool.ts';
export { compileArgumentCheck } from './catalogue/argument-check.ts';
export { createToolCatalogue, type CatalogueOptions } from './catalogue/tool-catalogue.ts';
export type { Assessment, Classify, KnownTool, ListedTool, ToolCatalogue } from './catalogue/types.ts';
export { definitionDigest } from './catalogue/canonical.ts';
export { fetchDocument, type FetchOptions } from './http/fetch-document.ts';
export { createUpstream } from './create-upstream.ts';
export { createSharedSession } from './line/shared-session.ts';
export { isProtocolOwned, mayPass } from './http/request-headers.ts';
export { createPoster, type Poster } from './http/post-message.ts';
export { probe, type Probed, type ProbeOptions } from './probe.ts';
export type {
  AnswerHead,
  AnswerSink,
  CredentialSource,
  Flow,
  Logger,
  Outbound,
  Upstream,
  UpstreamConfig,
  UpstreamContext,
  UpstreamLimits,
  UpstreamSession,
} from './types.ts';
export { GrantOverError } from './oauth/authorization-problem.ts';
export { clientIdUrl, clientMetadata } from './oauth/client-metadata.ts';
export type { Attempt, AuthorizationRequest, Tokens } from './oauth/types.ts';
export { UpstreamAuthorization } from './oauth/upstream-authorization.ts';
