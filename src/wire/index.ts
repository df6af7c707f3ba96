export { parseStrict, type Span, type StrictDocument, type StrictOptions } from './json/parse-strict.ts';
export { readMessage, type ReadOptions } from './read-message.ts';
export { readAnswer } from './read-answer.ts';
export { locate, locateElements, type ByteSpan } from './locate.ts';
export { errorMessage, notificationMessage, resultMessage, rewriteMember } from './writers.ts';
export { comment, encodeEvent, SseParser, type EventFields } from './sse.ts';
export { classifyLine, LineReader } from './lines.ts';
export { eraOf, type EraFacts } from './era.ts';
export { checkHeaders, modernHeaders } from './modern/headers.ts';
export { LEGACY_VERSIONS } from './legacy/versions.ts';
export { MODERN_VERSIONS } from './modern/versions.ts';
export type {
  AnswerEnvelope,
  Batch,
  Era,
  Message,
  NotificationMessage,
  ProtocolVersion,
  RequestId,
  RequestMessage,
  ResponseMessage,
  SseEvent,
} from './types.ts';
