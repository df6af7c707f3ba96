/**
 * Lets several clients use one session at once (modern era over stdio or legacy SSE). Every request gets an id of its own
 * on the way out, its progress token and subscription id with it, and gets the client's spelling back on the way in, so
 * equal ids of different clients never meet. What belongs to no request of a client is not shown to any.
 */
import { locate, rewriteMember, type RequestMessage } from '../../wire/index.ts';
import type { AnswerSink, Flow, Outbound, UpstreamSession } from '../types.ts';
import { progressTokenOf } from './pending.ts';
import { RemappedSink } from './remapped-sink.ts';

const TOKEN_PATH = ['params', '_meta', 'progressToken'];
const NOWHERE: AnswerSink = { head() {}, message() {}, event() {}, raw() {}, end() {}, fail() {} };

interface Sent {
  readonly clientId: string | number;
  readonly id: number;
  cancelled: boolean;
}

/** A view of `session` that any number of clients may send through. */
export function createSharedSession(session: UpstreamSession): UpstreamSession {
  let last = 0;
  const inFlight = new Set<Sent>();

  const cancelUpstream = (sent: Sent): void => {
    if (sent.cancelled) return;
    sent.cancelled = true;
    session.send(cancellation(sent.id), NOWHERE);
  };

  const request = (outbound: Outbound & { readonly message: RequestMessage }, sink: AnswerSink): Flow => {
    const { message } = outbound;
    const sent: Sent = { clientId: message.id.value, id: ++last, cancelled: false };
    const text = String(sent.id);
    let bytes = rewriteMember(outbound.bytes, ['id'], text);
    let params = message.params;
    const value = progressTokenOf(message);
    const token = value === undefined ? undefined : { value, text: spelled(outbound.bytes) };
    if (token !== undefined) {
      bytes = rewriteMember(bytes, TOKEN_PATH, text);
      params = { ...params, _meta: { ...(params?._meta as object), progressToken: sent.id } };
    }
    inFlight.add(sent);
    const remapped = new RemappedSink(sink, { id: sent.id, clientId: message.id, token }, () =>
      inFlight.delete(sent),
    );
    const flow = session.send(
      { ...outbound, bytes, message: { ...message, bytes, params, id: { value: sent.id, text } } },
      remapped,
    );
    return {
      cancel: () => {
        if (inFlight.delete(sent)) cancelUpstream(sent);
        flow.cancel();
      },
      pause: () => flow.pause(),
      resume: () => flow.resume(),
    };
  };

  return {
    closed: session.closed,
    close: () => session.close(),
    listen: (headers, sessionId, sink) => session.listen(headers, sessionId, sink),
    terminate: (headers, sessionId, sink) => session.terminate(headers, sessionId, sink),
    send(outbound, sink) {
      const { message } = outbound;
      if (message.kind === 'request') return request({ ...outbound, message }, sink);
      if (message.kind !== 'notification' || message.method !== 'notifications/cancelled')
        return session.send(outbound, sink);
      const meant = [...inFlight].filter((sent) => sent.clientId === message.params?.requestId);
      // Two clients may use this id; the one that means it also gives its exchange up, which says exactly which.
      if (meant.length === 1) cancelUpstream(meant[0]!);
      queueMicrotask(() => {
        sink.head({ status: 202, kind: 'empty', headers: {} });
        sink.end();
      });
      return { cancel() {}, pause() {}, resume() {} };
    },
  };
}

/** The progress token as the client spelled it. */
function spelled(bytes: Buffer): string {
  const span = locate(bytes, TOKEN_PATH);
  return span === undefined ? 'null' : bytes.toString('utf8', span.start, span.end);
}

function cancellation(requestId: number): Outbound {
  const params = { requestId, reason: 'the client gave the request up' };
  const bytes = Buffer.from(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params }));
  return {
    message: { kind: 'notification', method: 'notifications/cancelled', params, bytes },
    bytes,
    headers: {},
  };
}
