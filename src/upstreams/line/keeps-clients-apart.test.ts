import { fileURLToPath } from 'node:url';
import { array, assert, asyncProperty, constant, integer, oneof, string } from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream } from '../create-upstream.ts';
import { testContext } from '../testing/context.ts';
import { notification, Recorder, request } from '../testing/recorder.ts';
import type { Outbound, Upstream, UpstreamSession } from '../types.ts';
import { createSharedSession } from './shared-session.ts';

const CHILD = fileURLToPath(new URL('../testing/child.mjs', import.meta.url));
let upstream: Upstream;

function open(): UpstreamSession {
  upstream = createUpstream(
    { transport: 'stdio', command: [process.execPath, CHILD], env: {} },
    testContext(),
  );
  return createSharedSession(upstream.open('a'));
}

async function ask(session: UpstreamSession, outbound: Outbound): Promise<Recorder> {
  const sink = new Recorder();
  session.send(outbound, sink);
  await sink.settled;
  return sink;
}

afterEach(() => upstream.stop());

describe('a shared session', () => {
  it('serves equal ids and tokens of two clients at once', async () => {
    const session = open();
    const sinks = ['one', 'two'].map((text) => {
      const sink = new Recorder();
      session.send(request(1, 'progress', { text, _meta: { progressToken: 1 } }), sink);
      return sink;
    });
    await Promise.all(sinks.map((sink) => sink.settled));
    for (const sink of sinks) {
      expect(sink.calls).toEqual(['head', 'message', 'message', 'end']);
      expect(sink.messages.every((text) => /"(id|progressToken)":1\b/.test(text))).toBe(true);
    }
  });

  it('gives every client its own answer, its id spelled as it was', async () => {
    const session = open();
    const spelled = oneof(
      integer().map(String),
      string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
      constant('"\\u0061"'),
    );
    await assert(
      asyncProperty(array(spelled, { minLength: 2, maxLength: 8 }), async (ids) => {
        const sinks = await Promise.all(
          ids.map((text, index) => {
            const bytes = Buffer.from(
              `{"jsonrpc":"2.0","id":${text},"method":"echo","params":{"nth":${index}}}`,
            );
            const outbound = request(0, 'echo');
            return ask(session, {
              ...outbound,
              bytes,
              message: {
                ...outbound.message,
                id: { value: JSON.parse(text) as string, text },
                bytes,
              } as Outbound['message'],
            });
          }),
        );
        for (const [index, sink] of sinks.entries()) {
          expect(sink.messages[0]).toContain(`"id":${ids[index]}`);
          expect(sink.messages[0]).toContain(`\\"nth\\":${index}`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('restores subscription ids, and shows a subscription to its owner only', async () => {
    const session = open();
    const [mine, other] = [new Recorder(), new Recorder()];
    session.send(request('sub', 'subscriptions/listen'), mine);
    session.send(request('sub', 'hold'), other);
    await mine.seen(2);
    expect(mine.messages[0]).toContain('"io.modelcontextprotocol/subscriptionId":"sub"');
    await ask(session, request(1, 'ask'));
    expect([mine.messages.length, other.messages.length]).toEqual([1, 0]);
  });

  it('cancels upstream what a client gives up, and only that', async () => {
    const session = open();
    const [mine, other] = [new Recorder(), new Recorder()];
    const flow = session.send(request(1, 'hold'), mine);
    session.send(request(1, 'hold'), other);
    await ask(session, notification('notifications/cancelled', { requestId: 1 }));
    flow.cancel();
    await ask(session, request(2, 'release'));
    await other.settled;
    expect([mine.calls, other.calls]).toEqual([[], ['head', 'message', 'end']]);
  });
});
