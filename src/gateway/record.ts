/** What the decision log says of a call. Argument values never enter it: keys, and a keyed digest of each. */
import {
  SharedText,
  StatedText,
  type CounterDelta,
  type DecisionOutcome,
  type EntryIndex,
  type EntryKind,
} from '../audit/index.ts';
import type { JsonObject } from '../json.ts';
import type { Taken } from '../limits/index.ts';
import type { Reservation } from '../policy/index.ts';
import { plainArguments, type Message } from '../wire/index.ts';
import type { Call, Outcome } from './call.ts';
import type { Core } from './core.ts';
import { once } from './once.ts';

export interface DecisionPart {
  readonly outcome: DecisionOutcome;
  readonly rule: string;
  readonly message: string;
  readonly dispatched: boolean | 'unknown';
}

/** An entry as the log takes it. */
export interface Entry {
  readonly index: EntryIndex;
  readonly body: StatedText;
}

const INTENDED = ',"outcome":"allow","rule":"","message":"","dispatched":"unknown"';

/** The record of what is about to be done. */
export function intentEntry(call: Call, core: Core, counters: readonly CounterDelta[]): Entry {
  return {
    index: entryIndex(call, 'intent', 'allow', '', counters, undefined, undefined),
    body: new StatedText(commonText(call, core), INTENDED),
  };
}

/** The record of what was decided and what came of it. */
export function decisionEntry(
  call: Call,
  core: Core,
  part: DecisionPart,
  counters: readonly CounterDelta[],
): Entry {
  const { outcome } = call;
  const upstreamMs = outcome === undefined ? undefined : rounded(outcome.durationMs);
  const overheadMs = rounded(core.clock.elapsed() - call.startedAt - (outcome?.durationMs ?? 0));
  const { rule, message, dispatched } = part;
  const decided = `,"outcome":"${part.outcome}","rule":${rule === '' ? '""' : JSON.stringify(rule)},"message":${message === '' ? '""' : JSON.stringify(message)},"dispatched":${dispatched === 'unknown' ? '"unknown"' : dispatched}`;
  const ended = outcome === undefined ? '' : endText(outcome, upstreamMs!);
  return {
    index: entryIndex(call, 'decision', part.outcome, rule, counters, overheadMs, upstreamMs),
    body: new StatedText(commonText(call, core), `${decided}${ended},"overheadMs":${millisText(overheadMs)}`),
  };
}

/** Counter changes for the log: `sign` 1 when taken, −1 when given back. */
export function deltas(taken: readonly Taken[], sign: 1 | -1): readonly CounterDelta[] {
  return taken.length === 0
    ? NOTHING
    : taken.map(({ key, bucket, amount, expires }) => ({ key, bucket, amount: sign * amount, expires }));
}

const NOTHING: readonly CounterDelta[] = [];

function entryIndex(
  call: Call,
  kind: EntryKind,
  outcome: string,
  rule: string,
  counters: readonly CounterDelta[],
  overheadMs: number | undefined,
  upstreamMs: number | undefined,
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
    overheadMs,
    upstreamMs,
    counters,
  };
}

/** The members that are the same in intent and decision, as JSON text without braces; written once for each call. */
function commonText(call: Call, core: Core): SharedText {
  return (call.recorded ??= new SharedText(describe(call, core)));
}

function describe(call: Call, core: Core): string {
  const { caller, message, target, client, era, owner } = call;
  const args =
    target.kind !== 'tool' || message.kind === 'response'
      ? undefined
      : (message.params?.arguments as JsonObject | undefined);
  const session = owner.session === undefined ? '' : `,"session":${JSON.stringify(owner.session)}`;
  const id = message.kind === 'notification' ? '' : `,"requestId":${message.id.text}`;
  return `"id":"${call.id}","at":${call.at}${serverText(caller.server)}${grantText(caller.grant)}${clientText(client)},"era":"${era}"${session}${id},"method":${methodText(call)}${targetText(target)}${argumentsText(args, message, core)}${reservationsText(call)}${approvalText(call)}`;
}

const serverText = once(
  ({ organization, id, name }: Call['caller']['server']) =>
    `,"organization":${JSON.stringify(organization)},"server":${JSON.stringify({ id, name })}`,
);

const grantText = once(({ id, label, policy }: Call['caller']['grant']) => {
  const judge = policy === null ? null : { id: policy.id, version: policy.version };
  return `,"grant":${JSON.stringify({ id, label })},"policy":${JSON.stringify(judge)}`;
});

const clientText = once((client: Call['client']) => `,"client":${JSON.stringify(client)}`);

const toolText = once(
  (tool: Extract<Call['target'], { kind: 'tool' }>['tool']) =>
    `,"tool":${JSON.stringify(tool.facts.name)},"definitionDigest":"${tool.digest}"`,
);

function targetText(target: Call['target']): string {
  switch (target.kind) {
    case 'tool':
      return toolText(target.tool);
    case 'resource':
      return `,"resources":${JSON.stringify(target.uris)}`;
    case 'prompt':
      return `,"prompt":${JSON.stringify(target.name)}`;
    default:
      return '';
  }
}

function argumentsText(args: JsonObject | undefined, message: Message, core: Core): string {
  if (args === undefined) return ',"argumentKeys":[],"argumentDigests":{}';
  return `,${core.describeArguments(args, plainArguments(message.bytes))}`;
}

function approvalText({ approval }: Call): string {
  return approval === undefined
    ? ''
    : `,"approval":${JSON.stringify({ id: approval.id, state: approval.state, by: approval.by })}`;
}

function reservationsText({ verdict, owner }: Call): string {
  const claimed = verdict?.reservations;
  if (claimed === undefined || claimed.length === 0) return ',"reservations":[]';
  const text = owner.session === undefined ? withoutSession : withSession;
  return `,"reservations":[${claimed.map(text).join(',')}]`;
}

const withSession = once((reservation: Reservation) => reservationText(reservation, reservation.scope));
const withoutSession = once((reservation: Reservation) =>
  reservationText(reservation, reservation.scope === 'session' ? 'grant' : reservation.scope),
);

function reservationText(reservation: Reservation, scope: Reservation['scope']): string {
  const { counter, kind, rule, max } = reservation;
  const amount = kind === 'window' ? { amount: reservation.amount } : {};
  return JSON.stringify({ counter, kind, scope, rule, max, ...amount });
}

function endText({ status, isError = false, bytes, kind }: Outcome, upstreamMs: number): string {
  const answered = status === undefined ? '' : `"status":${status},`;
  return `,"upstream":{${answered}"durationMs":${millisText(upstreamMs)}},"result":{"isError":${isError},"bytes":${bytes},"kind":"${kind}"}`;
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** The JSON text of what `rounded` gave, put together from parts: engines are slow at writing fractions. */
function millisText(ms: number): string {
  const micros = Math.round(ms * 1000);
  if (!(micros >= 0 && micros < MOST_MICROS)) return String(ms);
  const whole = Math.floor(micros / 1000);
  return `${whole}${FRACTIONS[micros - whole * 1000]}`;
}

const MOST_MICROS = 1e12;
const FRACTIONS = Array.from({ length: 1000 }, (_, thousandths) => String(thousandths / 1000).slice(1));

function methodText(call: Call): string {
  const method = methodOf(call);
  return method === 'tools/call' ? '"tools/call"' : JSON.stringify(method);
}

function methodOf({ message }: Call): string {
  return message.kind === 'response' ? '(response)' : message.method;
}
