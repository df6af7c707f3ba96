/** `initialize` at `/mcp`: a session at every server of the grant that can be reached, and one id that stands for all. */
import type { JsonObject } from '../../json.ts';
import { resultMessage, type ProtocolVersion, type RequestMessage } from '../../wire/index.ts';
import { askAll, replyFailure } from './ask-all.ts';
import type { Exchange } from './exchange.ts';
import { mergeInitialize } from './merge-servers.ts';
import { sealParty } from './party.ts';

export async function openSessions(exchange: Exchange, message: RequestMessage): Promise<void> {
  const { doors, party, front } = exchange;
  // Whoever initializes begins anew, also with an old id.
  const members = party.members.map((caller) => ({ ...caller, session: undefined }));
  const { good, all } = await askAll(exchange, message, members);
  if (good.length === 0) return replyFailure(exchange, message, all);
  const merged = mergeInitialize(good) as { readonly protocolVersion: ProtocolVersion };
  const sessions = Object.fromEntries(
    good.map(({ caller, sessionId }) => [caller.server.id, sessionId ?? null]),
  );
  const client = message.params?.clientInfo as JsonObject | undefined;
  const id = sealParty(doors, party.grant, sessions, {
    version: merged.protocolVersion,
    clientName: text(client?.name),
    clientVersion: text(client?.version),
  });
  front.reply(200, resultMessage(message.id, merged), {
    'content-type': 'application/json',
    'mcp-session-id': id,
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
