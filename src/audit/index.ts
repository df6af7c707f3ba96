export { argumentsText, createArgumentDigest, type ArgumentDigest } from './argument-digests.ts';
export type { SigningKey } from './checkpoint.ts';
export { openDecisionLog } from './decision-log.ts';
export type { DecisionLogOptions, OpenedDecisionLog } from './decision-log.ts';
export type { Appended } from './journal.ts';
export { SharedText, StatedText } from './stated-text.ts';
export { exportLines } from './export-lines.ts';
export type { ClosingLine, ExportedChain, ExportFilter } from './export-lines.ts';
export type { LogLimits } from './limits.ts';
export { callKey, isRefusal, type LostCall } from './lost-call.ts';
export { mergeEntries } from './record.ts';
export type { DecisionBody, DecisionOutcome, DecisionRecord, RecordedReservation } from './record.ts';
export type { Recovery } from './recover-spool.ts';
export { Retention } from './retention.ts';
export type { RemovedRun, RetentionOptions, RetentionReport } from './retention.ts';
export type { RetentionLimits } from './plan-removal.ts';
export type { ChainPosition, CounterDelta, DecisionLog, EntryIndex, EntryKind } from './types.ts';
export type {
  ChainVerification,
  ProblemKind,
  StoredHead,
  Verification,
  VerificationProblem,
} from './verification.ts';
export { verifyLines } from './verify-lines.ts';
export type { VerifyOptions } from './verify-lines.ts';
export { verifyStore } from './verify-store.ts';
