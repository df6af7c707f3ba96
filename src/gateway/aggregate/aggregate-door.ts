/**
 * `/mcp`: every server of a grant behind one address, Streamable HTTP in both eras. Nothing is decided here: each message
 * for a server becomes a call on that server, which takes the same steps as on the server's own path.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PortcullisError } from '../../errors.ts';
import { checkHeaders, eraOf, readMessage, type Message } from '../../wire/index.ts';
import type { GrantEntry } from '../directory.ts';
import { checkBodyHeaders, readBody } from '../doors/body.ts';
import { identify, turnAway } from '../doors/door.ts';
import type { Doors } from '../doors/doors.ts';
import { forwardedHeaders } from '../doors/forwarded-headers.ts';
import { HttpFront } from '../doors/http-front.ts';
import { run } from '../pipeline.ts';
import { answerBatch } from './answer-batch.ts';
import { answerRequest } from './answer-request.ts';
import type { Exchange } from './exchange.ts';
import { partyOf, type Party } from './party.ts';
import { concernedBy, pass, responseCall } from './pass.ts';
import { endSessions, openStreams } from './streams.ts';

/** Whose arguments are read by the rules of the server that they are for. */
const OWN_RULES = new Set(['tools/call', 'prompts/get']);

export function aggregateDoor(doors: Doors, request: IncomingMessage, response: ServerResponse): void {
  const { core } = doors;
  let grant: GrantEntry | undefined;
  try {
    grant = identify(request, doors.directory, doors.addresses, core.clock.now());
    const identified = grant;
    if (doors.stopping()) throw new PortcullisError('PC_SHUTTING_DOWN');
    const party = (): Party => partyOf(doors, identified, request.headers['mcp-session-id']);
    switch (request.method) {
      case 'POST':
        checkBodyHeaders(request.headers);
        return readBody(request, (body) => {
          if (Buffer.isBuffer(body)) post(doors, identified, request, response, body);
          else turnAway(request, response, body, core, { grant: identified });
        });
      case 'GET':
        return openStreams(doors, party(), request, response);
      case 'DELETE':
        return endSessions(doors, party(), request, response);
      default:
        throw new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'POST, GET, DELETE' });
    }
  } catch (thrown) {
    turnAway(request, response, thrown, core, grant === undefined ? {} : { grant });
  }
}

/** @throws what its parts throw */
async function answerMessage(exchange: Exchange, message: Message): Promise<void> {
  const { core, dispatch } = exchange.doors;
  if (message.kind === 'request') return answerRequest(exchange, message);
  if (message.kind === 'notification') return pass(exchange, concernedBy(exchange, message));
  run(responseCall(exchange, message), core, dispatch);
}

function post(
  doors: Doors,
  grant: GrantEntry,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  let message: Message | undefined;
  const refuse = (thrown: unknown): void =>
    turnAway(request, response, thrown, doors.core, {
      grant,
      ...(message?.kind === 'request' ? { id: message.id } : {}),
    });
  try {
    // By the laxest rules of any server; the server's own apply once it is known.
    const read = readMessage(body, { caseSensitiveArguments: true });
    const messages = read.kind === 'batch' ? read.messages : [(message = read)];
    for (const one of messages)
      if (!(one.kind === 'request' && OWN_RULES.has(one.method))) readMessage(one.bytes);
    const headers = forwardedHeaders(request.headers);
    const era = read.kind === 'batch' ? 'legacy' : eraOf(read, headers).era;
    if (read.kind !== 'batch') checkHeaders(read, headers, era);
    const party = partyOf(doors, grant, request.headers['mcp-session-id']);
    const front = new HttpFront(response, doors.streams);
    const exchange: Exchange = { doors, party, headers, era, front, refuse };
    const answering = read.kind === 'batch' ? answerBatch(exchange, messages) : answerMessage(exchange, read);
    void answering.catch(refuse);
  } catch (thrown) {
    refuse(thrown);
  }
}
