export { parseStrict, type StrictDocument, type StrictOptions } from './json/parse-strict.ts';
export { readMessage, refusedId, type ReadOptions } from './read-message.ts';
export { readAnswer } from './read-answer.ts';
export {
  elementsAt,
  locate,
  locateElements,
  locateMembers,
  type ByteSpan,
  type MemberSpan,
} from './locate.ts';
export { nameTable, variantOf, type NameTable } from './members.ts';
export { visitStrings, type VisitedString } from './visit-strings.ts';
export { errorMessage, notificationMessage, resultMessage, rewriteMember } from './writers.ts';
export { plainArguments } from './plain-arguments.ts';
export { removeMembers } from './remove-members.ts';
export { SseParser } from './sse.ts';
export { GatheredBytes } from './gathered-bytes.ts';
export { comment, encodeEvent, withoutBytes, type EventFields } from './sse-event.ts';
export { toOriginForm } from './origin-form.ts';
export { joinWrites } from './join-writes.ts';
export { classifyLine, LineReader } from './lines.ts';
export { eraOf, type EraFacts } from './era.ts';
export { checkHeaders, modernHeaders } from './modern/headers.ts';
export { encodeHeaderValue } from './modern/header-values.ts';
export { checkParamHeaders } from './modern/param-headers.ts';
export { LEGACY_VERSIONS, versionHeader } from './legacy/versions.ts';
export {
  CAPABILITIES_META,
  CLIENT_INFO_META,
  MODERN_VERSIONS,
  SUBSCRIPTION_META,
  VERSION_META,
} from './modern/versions.ts';
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
