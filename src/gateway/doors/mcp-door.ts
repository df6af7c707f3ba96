/** Streamable HTTP, both eras: `POST|GET|DELETE /mcp/<server>` (MCP specification, basic/transports). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PortcullisError } from '../../errors.ts';
import { readMessage, type Message } from '../../wire/index.ts';
import { callsTool, checkBatch, runBatch } from '../batch.ts';
import type { Caller } from '../call.ts';
import { makeCall } from '../make-call.ts';
import { run } from '../pipeline.ts';
import { findSession } from '../find-session.ts';
import { checkBodyHeaders, readBody } from './body.ts';
import { admit, turnAway, type Admitted } from './door.ts';
import { forwardedHeaders } from './forwarded-headers.ts';
import { HttpFront } from './http-front.ts';
import { relayStream, terminateSession } from './server-stream.ts';
import type { Doors } from './doors.ts';

export function mcpDoor(
  doors: Doors,
  slug: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { core } = doors;
  let known: Partial<Admitted> = {};
  try {
    const admitted = admit(request, slug, doors.directory, doors.addresses, core.clock.now());
    known = admitted;
    if (doors.stopping()) throw new PortcullisError('PC_SHUTTING_DOWN');
    switch (request.method) {
      case 'POST':
        checkBodyHeaders(request.headers);
        return readBody(request, (body) => {
          if (Buffer.isBuffer(body)) post(doors, admitted, request, response, body);
          else turnAway(request, response, body, core, admitted);
        });
      case 'GET':
        return relayStream(doors, callerOf(doors, admitted, request), request, response);
      case 'DELETE':
        return terminateSession(doors, callerOf(doors, admitted, request), request, response);
      default:
        throw new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'POST, GET, DELETE' });
    }
  } catch (thrown) {
    turnAway(request, response, thrown, core, known);
  }
}

function post(
  doors: Doors,
  admitted: Admitted,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const { core } = doors;
  let message: Message | undefined;
  const refuse = (thrown: unknown): void =>
    turnAway(request, response, thrown, core, {
      ...admitted,
      ...(message?.kind === 'request' ? { id: message.id } : {}),
    });
  try {
    const read = readMessage(body, { caseSensitiveArguments: admitted.server.caseSensitive });
    const caller = callerOf(doors, admitted, request);
    const headers = forwardedHeaders(request.headers);
    const front = new HttpFront(response, doors.streams);
    const known = caller.server.catalogue.loaded;
    const afterLearning = (begin: () => void): void =>
      void doors.learn(caller.server, caller.grant).then(begin).catch(refuse);
    if (read.kind === 'batch') {
      checkBatch(caller.session?.facts);
      const begin = (): void => runBatch(read, core, caller, front, headers, doors.dispatch);
      return known || !callsTool(read) ? begin() : afterLearning(begin);
    }
    message = read;
    const call = makeCall(core, caller, front, read, headers);
    if (known || call.target.kind !== 'tool') return run(call, core, doors.dispatch);
    afterLearning(() => run(makeCall(core, caller, front, read, headers), core, doors.dispatch));
  } catch (thrown) {
    refuse(thrown);
  }
}

/** @throws PC_SESSION_UNKNOWN when the session is not this grant's */
function callerOf(doors: Doors, { server, grant }: Admitted, request: IncomingMessage): Caller {
  const id = request.headers['mcp-session-id'];
  if (id === undefined) return { server, grant, session: undefined };
  const session =
    typeof id === 'string' ? findSession(doors.core, doors.stateless, server, grant, id) : undefined;
  if (session === undefined) throw new PortcullisError('PC_SESSION_UNKNOWN');
  return { server, grant, session };
}
