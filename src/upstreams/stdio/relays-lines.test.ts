import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream } from '../create-upstream.ts';
import { testContext } from '../testing/context.ts';
import { notification, Recorder, request } from '../testing/recorder.ts';
import type { Flow, Outbound, Upstream, UpstreamSession } from '../types.ts';

const CHILD = fileURLToPath(new URL('../testing/child.mjs', import.meta.url));
const context = testContext();
let upstream: Upstream;

function open(mode = 'normal'): UpstreamSession {
  upstream = createUpstream(
    { transport: 'stdio', command: [process.execPath, CHILD, mode], env: {} },
    context,
  );
  return upstream.open('a');
}

function send(session: UpstreamSession, outbound: Outbound): Recorder & { flow: Flow } {
  const sink = new Recorder();
  return Object.assign(sink, { flow: session.send(outbound, sink) });
}

async function ask(session: UpstreamSession, outbound: Outbound): Promise<Recorder> {
  const sink = send(session, outbound);
  await sink.settled;
  return sink;
}

const methodOf = (text: string): unknown => (JSON.parse(text) as { method?: string }).method;

afterEach(() => upstream.stop());

describe('a stdio session', () => {
  it('puts a message on one line without changing what it says', async () => {
    const bytes = Buffer.from(
      '{"jsonrpc":"2.0",\r\n "id":1,\n "method":"echo", "params":{"n":9007199254740993,"s":"a\\nb"}}',
    );
    const sink = await ask(open(), { ...request(1, 'echo'), bytes });
    const { line } = (JSON.parse(sink.messages[0]!) as { result: { line: string } }).result;
    expect(line).toBe(bytes.toString().replace(/[\r\n]/g, ' '));
  });

  it('answers as JSON when nothing came before the answer, as a stream otherwise', async () => {
    const session = open();
    const plain = await ask(session, request(1, 'echo'));
    expect([plain.given!.kind, plain.calls]).toEqual(['json', ['head', 'message', 'end']]);
    const streamed = await ask(session, request(2, 'progress', { _meta: { progressToken: 'p' } }));
    expect([streamed.given!.kind, streamed.calls]).toEqual(['sse', ['head', 'message', 'message', 'end']]);
    expect(streamed.events).toEqual([]);
  });

  it('says 202 to a notification once it is on its way', async () => {
    const sink = await ask(open(), notification('notifications/initialized'));
    expect([sink.given!.status, sink.given!.kind, sink.calls]).toEqual([202, 'empty', ['head', 'end']]);
  });

  it('skips and logs what is no message', async () => {
    const session = open('noisy');
    expect((await ask(session, request(1, 'echo'))).calls).toEqual(['head', 'message', 'end']);
    const skipped = context.logger.lines.filter(({ text }) => text.startsWith('skipped a line'));
    expect(skipped.map(({ details }) => details.line)).toEqual(
      expect.arrayContaining(['Server is starting…', '{"level":"info","msg":"a log line"}']),
    );
    // Standard error is a pipe of its own: what was written there first may come later.
    await expect
      .poll(() =>
        context.logger.lines.filter(({ level }) => level === 'debug').map(({ details }) => details.line),
      )
      .toContain('on stderr');
  });

  it('tells ids 1 and "1" apart and refuses an id that is in flight', async () => {
    const session = open();
    const held = send(session, request(1, 'hold'));
    expect((await ask(session, request('1', 'echo'))).error).toBeUndefined();
    const twin = await ask(session, request(1, 'echo'));
    expect([twin.error!.code, twin.ran]).toEqual(['PC_ID_IN_FLIGHT', 'no']);
    await ask(session, request(2, 'release'));
    await held.settled;
    expect(held.calls).toEqual(['head', 'message', 'end']);
  });

  it('drops second and foreign answers', async () => {
    const session = open();
    const sink = await ask(session, request(1, 'twice'));
    await ask(session, request(2, 'echo'));
    expect(sink.messages).toHaveLength(1);
    expect(sink.messages[0]).toContain('first');
  });

  it('keeps an id taken after its request was given up, until the answer has come', async () => {
    const session = open();
    const given = send(session, request(1, 'hold'));
    await ask(session, request(2, 'echo'));
    given.flow.cancel();
    expect((await ask(session, request(1, 'echo'))).error!.code).toBe('PC_ID_IN_FLIGHT');
    await ask(session, request(3, 'release'));
    expect((await ask(session, request(1, 'echo'))).messages[0]).toContain('echo');
    expect(given.calls).toEqual([]);
  });

  it('never writes a message that was taken back in time, nor a batch', async () => {
    const session = open();
    send(session, request(1, 'die')).flow.cancel();
    const batch = {
      ...request(2, 'echo'),
      bytes: Buffer.from(' [{"jsonrpc":"2.0","id":2,"method":"echo"}]'),
    };
    const refused = await ask(session, batch);
    expect([refused.error!.code, refused.ran]).toEqual(['PC_BATCH_REFUSED', 'no']);
    expect((await ask(session, request(1, 'echo'))).error).toBeUndefined();
  });

  it('keeps what the server says early for the first listener', async () => {
    const session = open('early');
    await ask(session, request(1, 'initialize'));
    const listener = new Recorder();
    session.listen({}, undefined, listener);
    await listener.seen(2);
    expect(listener.messages.map(methodOf)).toEqual(['roots/list']);
  });

  it('gives questions of the server to the listener, or to the latest request', async () => {
    const session = open();
    const alone = await ask(session, request(1, 'ask'));
    expect([alone.given!.kind, alone.messages.map(methodOf)]).toEqual([
      'sse',
      ['elicitation/create', undefined],
    ]);
    const listener = new Recorder();
    const flow = session.listen({}, undefined, listener);
    const listened = await ask(session, request(2, 'ask'));
    expect(listened.given!.kind).toBe('json');
    expect(listener.messages.map(methodOf)).toEqual(['elicitation/create']);
    flow.cancel();
    expect((await ask(session, request(3, 'ask'))).messages).toHaveLength(2);
  });

  it('ends a cancelled request that the server no longer answers', async () => {
    const session = open();
    const held = send(session, request(1, 'hold'));
    await ask(session, notification('notifications/cancelled', { requestId: 1 }));
    await held.settled;
    expect(held.calls).toEqual(['end']);
  });

  it('stops reading a flood while its reader is slow', async () => {
    const session = open('flood');
    const listener = new Recorder();
    const flow = session.listen({}, undefined, listener);
    await listener.seen(20);
    flow.pause();
    const seen = listener.messages.length;
    const before = process.memoryUsage().arrayBuffers;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(listener.messages).toHaveLength(seen);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000);
    flow.resume();
    await listener.seen(seen + 300);
    flow.cancel();
  });

  it('survives a flood that nobody listens to', async () => {
    const session = open('flood');
    const echoed = await ask(session, request(1, 'echo'));
    expect(echoed.calls.at(-1)).toBe('end');
  });
});
