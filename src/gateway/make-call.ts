/** Turns an admitted message into a Call. */
import type { Front, Call, Caller } from './call.ts';
import type { Core } from './core.ts';
import { classifyMessage } from './steps/classify-message.ts';
import type { Json, JsonObject } from '../json.ts';
import type { KnownTool } from '../upstreams/index.ts';
import type { SessionFacts } from '../identity/index.ts';
import { annotatedSchema } from './annotated-schema.ts';
import { once } from './once.ts';
import { checkHeaders, checkParamHeaders, CLIENT_INFO_META, eraOf, type Message } from '../wire/index.ts';

/** @throws PC_HEADER_MISMATCH, PC_PROTOCOL_VERSION */
export function makeCall(
  core: Core,
  caller: Caller,
  front: Front,
  message: Message,
  headers: Readonly<Record<string, string>>,
): Call {
  const { era, version } = eraOf(message, headers);
  const target = classifyMessage(message, caller);
  if (front.surface === 'http') {
    checkHeaders(message, headers, era);
    if (era === 'modern' && target.kind === 'tool') checkArgumentHeaders(message, target.tool, headers);
  }
  const { session, grant, server } = caller;
  return {
    id: core.newId(),
    at: core.clock.now(),
    startedAt: core.clock.elapsed(),
    caller,
    front,
    message,
    headers,
    era,
    version: session?.facts?.version ?? version,
    client: clientOf(message, caller),
    owner: {
      organization: server.organization,
      server: server.id,
      grant: grant.id,
      session: session === undefined ? undefined : shortSession(session.id),
    },
    target,
    outboundBytes: undefined,
    ownState: undefined,
    approval: undefined,
    ownTask: undefined,
    code: undefined,
    verdict: undefined,
    resultRules: undefined,
    hold: undefined,
    recorded: undefined,
    claimed: false,
    intended: false,
    outcome: undefined,
  };
}

/** Arguments that travel as headers too must say the same there: `x-mcp-header` in the tool's schema (MCP 2026-07-28). */
function checkArgumentHeaders(
  message: Message,
  tool: KnownTool,
  headers: Readonly<Record<string, string>>,
): void {
  const schema = annotatedSchema(tool);
  if (schema === undefined || message.kind === 'response') return;
  checkParamHeaders(schema, (message.params?.arguments as JsonObject | undefined) ?? {}, headers);
}

/** Names a session in the log without giving away the id that opens it: the tail of its seal. */
function shortSession(id: string): string {
  return id.slice(-12);
}

const knownClient = once((facts: SessionFacts): Call['client'] => ({
  name: facts.clientName,
  version: facts.clientVersion,
}));

function clientOf(message: Message, caller: Caller): Call['client'] {
  const facts = caller.session?.facts;
  if (facts !== undefined) return knownClient(facts);
  const params = message.kind === 'response' ? undefined : message.params;
  const info = (params?.clientInfo ?? (params?._meta as JsonObject | undefined)?.[CLIENT_INFO_META]) as
    | JsonObject
    | undefined;
  return { name: text(info?.name), version: text(info?.version) };
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value.slice(0, 64) : undefined;
}
