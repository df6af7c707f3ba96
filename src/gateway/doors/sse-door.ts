/**
 * Legacy HTTP+SSE (MCP specification 2024-11-05): `GET /sse/<server>` opens a stream whose first event names the path to
 * post to, `POST /message/<server>?sessionId=…` carries the client's messages; answers come on the stream.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PortcullisError } from '../../errors.ts';
import { encodeEvent } from '../../wire/index.ts';
import { Channel } from '../channel.ts';
import { onServer, type GrantEntry } from '../directory.ts';
import { checkBodyHeaders, readBody } from './body.ts';
import { admit, turnAway, type Admitted } from './door.ts';
import type { Doors } from './doors.ts';
import { HttpFront } from './http-front.ts';

export class SseDoor {
  readonly #doors: Doors;
  readonly #channels = new Map<
    string,
    { readonly channel: Channel; readonly grant: string; readonly server: string }
  >();

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  stream(slug: string, request: IncomingMessage, response: ServerResponse): void {
    const doors = this.#doors;
    let known: Partial<Admitted> = {};
    try {
      const { server, grant } = (known = admit(
        request,
        slug,
        doors.directory,
        doors.addresses,
        doors.core.clock.now(),
      ));
      if (doors.stopping()) throw new PortcullisError('PC_SHUTTING_DOWN');
      if (request.method !== 'GET') throw new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'GET' });
      const key = doors.core.newId();
      const front = new HttpFront(response, doors.streams);
      const channel = new Channel(doors, server, () => current(doors, grant), key, {
        surface: 'sse',
        write: (bytes) => {
          front.message(bytes, { ...MESSAGE_EVENT, raw: encodeEvent({ type: 'message', data: bytes }) });
          return !response.writableNeedDrain;
        },
        onDrain: (listener) => response.once('drain', listener),
      });
      front.head({ status: 200, kind: 'sse', headers: {} });
      front.event({
        ...MESSAGE_EVENT,
        type: 'endpoint',
        raw: encodeEvent({ type: 'endpoint', data: Buffer.from(`/message/${server.slug}?sessionId=${key}`) }),
      });
      this.#channels.set(key, { channel, grant: grant.id, server: server.id });
      const end = (): void => {
        this.#channels.delete(key);
        doors.live.delete(stream);
        channel.close();
      };
      const stream = { place: -1, abandon: end };
      doors.live.addStream(stream, grant.id, server.id, () => front.end());
      front.onGone(end);
      void channel.session.upstream.closed.finally(() => {
        end();
        front.end();
      });
    } catch (thrown) {
      turnAway(request, response, thrown, doors.core, known);
    }
  }

  post(slug: string, session: string, request: IncomingMessage, response: ServerResponse): void {
    const doors = this.#doors;
    let known: Partial<Admitted> = {};
    try {
      const { server, grant } = (known = admit(
        request,
        slug,
        doors.directory,
        doors.addresses,
        doors.core.clock.now(),
      ));
      if (doors.stopping()) throw new PortcullisError('PC_SHUTTING_DOWN');
      if (request.method !== 'POST') throw new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'POST' });
      const found = this.#channels.get(session);
      if (found === undefined || found.grant !== grant.id || found.server !== server.id)
        throw new PortcullisError('PC_SESSION_UNKNOWN');
      checkBodyHeaders(request.headers);
      readBody(request, (body) => {
        if (!Buffer.isBuffer(body)) return turnAway(request, response, body, doors.core, known);
        response.writeHead(202, { 'content-length': 0 }).end();
        void found.channel.feed(body);
      });
    } catch (thrown) {
      turnAway(request, response, thrown, doors.core, known);
    }
  }
}

const MESSAGE_EVENT = {
  type: 'message',
  data: undefined,
  id: undefined,
  retry: undefined,
  comment: false,
} as const;

/** The grant as it stands now: its policy may have changed since the stream was opened. */
function current({ directory }: Doors, grant: GrantEntry): GrantEntry {
  const now = directory.grant(grant.id);
  const here = now === undefined ? undefined : onServer(now, grant.serverId);
  return here ?? { ...grant, policy: null };
}
