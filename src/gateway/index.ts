export { openGateway, type OpenedGateway, type OpenOptions } from './open.ts';
export { LocalDirectory, type LocalSettings } from './local-directory.ts';
export type { Channel, ChannelWriter } from './channel.ts';
export type { Clock, Logger } from './core.ts';
export type { EvaluateRequest, Gateway, KnownToolView, ReadinessCheck } from './types.ts';
export { probeServer, type ProbeParts } from './probe-server.ts';
