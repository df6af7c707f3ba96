export { createAddressGuard, type AddressGuard, type ResolveAll } from './address/address-guard.ts';
export { guessTool } from './catalogue/known-tool.ts';
export { createToolCatalogue, type CatalogueOptions } from './catalogue/tool-catalogue.ts';
export type { Assessment, Classify, KnownTool, ListedTool, ToolCatalogue } from './catalogue/types.ts';
export { createUpstream } from './create-upstream.ts';
export { createSharedSession } from './line/shared-session.ts';
export { probe, type Probed, type ProbeOptions } from './probe.ts';
export type {
  AnswerHead,
  AnswerSink,
  Flow,
  Logger,
  Outbound,
  Upstream,
  UpstreamConfig,
  UpstreamContext,
  UpstreamLimits,
  UpstreamSession,
} from './types.ts';
