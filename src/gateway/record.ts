/** What the decision log says of a call. Argument values never enter it: keys, and a keyed digest of each. */
import {
  StatedText,
  type CounterDelta,
  type DecisionBody,
  type DecisionOutcome,
  type EntryIndex,
  type EntryKind,
  type RecordedReservation,
} from '../audit/index.ts';
import type { JsonObject } from '../json.ts';
import type { Taken } from '../limits/index.ts';
import type { Call, Outcome } from './call.ts';
import type { Core } from './core.ts';

type CommonPart = Omit<
  DecisionBody,
  'outcome' | 'rule' | 'message' | 'dispatched' | 'upstream' | 'result' | 'overheadMs'
>;

interface DecisionPart {
  readonly outcome: DecisionOutcome;
  readonly rule: string;
  readonly message: string;
  readonly dispatched: boolean | 'unknown';
}

const NO_DIGESTS = {};

/** The members that are the same in intent and decision, as JSON text without braces; written once for each call. */
function commonText(call: Call, core: Core): string {
  return (call.recorded ??= JSON.stringify(describe(call, core)).slice(1, -1));
}

function describe(call: Call, core: Core): CommonPart {
  const { caller, message, target, client } = call;
  const { server, grant } = caller;
  const tool = target.kind === 'tool' ? target : undefined;
  const args =
    tool === undefined || message.kind === 'response'
      ? undefined
      : (message.params?.arguments as JsonObject | undefined);
  return {
    id: call.id,
    at: call.at,
    organization: server.organization,
    server: { id: server.id, name: server.name },
    grant: { id: grant.id, label: grant.label },
    client: {
      ...(client.name === undefined ? {} : { name: client.name }),
      ...(client.version === undefined ? {} : { version: client.version }),
    },
    era: call.era,
    ...(call.owner.session === undefined ? {} : { session: call.owner.session }),
    ...(message.kind === 'notification' ? {} : { requestId: message.id.value }),
    method: methodOf(call),
    ...(tool === undefined ? {} : { tool: tool.name, definitionDigest: tool.tool.digest }),
    ...(target.kind === 'resource'
      ? { resources: target.uris }
      : target.kind === 'prompt'
        ? { prompt: target.name }
        : {}),
    argumentKeys: args === undefined ? [] : Object.keys(args).toSorted(),
    argumentDigests: args === undefined ? NO_DIGESTS : core.digestArguments(args),
    policy: grant.policy === null ? null : { id: grant.policy.id, version: grant.policy.version },
    reservations: reservations(call),
  };
}

/** The record of what is about to be done. */
export function intentBody(call: Call, core: Core): StatedText {
  return new StatedText(
    `${commonText(call, core)},"outcome":"allow","rule":"","message":"","dispatched":"unknown"`,
  );
}

/** The record of what was decided and what came of it. */
export function decisionBody(call: Call, core: Core, part: DecisionPart): StatedText {
  const { outcome } = call;
  const overheadMs = rounded(core.clock.elapsed() - call.startedAt - (outcome?.durationMs ?? 0));
  const rest: DecisionRest =
    outcome === undefined ? { ...part, overheadMs } : { ...part, ...endOf(outcome), overheadMs };
  return new StatedText(`${commonText(call, core)},${JSON.stringify(rest).slice(1, -1)}`);
}

type DecisionRest = Omit<DecisionBody, keyof CommonPart>;

function endOf({
  status,
  durationMs,
  isError = false,
  bytes,
  kind,
}: Outcome): Pick<DecisionBody, 'upstream' | 'result'> {
  return {
    upstream: { ...(status === undefined ? {} : { status }), durationMs: rounded(durationMs) },
    result: { isError, bytes, kind },
  };
}

export function entryIndex(
  call: Call,
  kind: EntryKind,
  outcome: string,
  rule: string,
  counters: readonly CounterDelta[],
): EntryIndex {
  return {
    kind,
    id: call.id,
    at: call.at,
    organization: call.caller.server.organization,
    server: call.caller.server.id,
    grant: call.caller.grant.id,
    tool: call.target.kind === 'tool' ? call.target.name : undefined,
    method: methodOf(call),
    outcome,
    rule,
    counters,
  };
}

/** Counter changes for the log: `sign` 1 when taken, −1 when given back. */
export function deltas(taken: readonly Taken[], sign: 1 | -1): CounterDelta[] {
  return taken.map(({ key, bucket, amount, expires }) => ({ key, bucket, amount: sign * amount, expires }));
}

function reservations(call: Call): RecordedReservation[] {
  return (call.verdict?.reservations ?? []).map((reservation) => ({
    counter: reservation.counter,
    kind: reservation.kind,
    scope: reservation.scope === 'session' && call.owner.session === undefined ? 'grant' : reservation.scope,
    rule: reservation.rule,
    max: reservation.max,
    ...(reservation.kind === 'window' ? { amount: reservation.amount } : {}),
  }));
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function methodOf({ message }: Call): string {
  return message.kind === 'response' ? '(response)' : message.method;
}
