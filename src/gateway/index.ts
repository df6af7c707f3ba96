export { openGateway, type OpenedGateway, type OpenOptions } from './open.ts';
export { LocalDirectory, type LocalSettings } from './local-directory.ts';
export type { Channel, ChannelWriter } from './channel.ts';
export { CODE_PACE } from './read-code.ts';
export type { Clock, Logger } from './core.ts';
export type { LimitNotice } from './limit-watch.ts';
export type { EvaluateRequest, Gateway, KnownToolView, ReadinessCheck } from './types.ts';
export { probeServer, type ProbeParts } from './probe-server.ts';
export { askServer, type AskParts, type ServerAddress, type ServerAnswer } from './ask-server.ts';
