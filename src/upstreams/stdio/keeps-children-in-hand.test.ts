import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream } from '../create-upstream.ts';
import { testContext } from '../testing/context.ts';
import { Recorder, request } from '../testing/recorder.ts';
import type { Upstream, UpstreamSession } from '../types.ts';

const CHILD = fileURLToPath(new URL('../testing/child.mjs', import.meta.url));
const context = testContext();
let upstream: Upstream;

function start(mode: string, env: Record<string, string> = {}, maxSessions = 8): Upstream {
  upstream = createUpstream(
    { transport: 'stdio', command: [process.execPath, CHILD, mode], env },
    { ...context, limits: { maxSessions } },
  );
  return upstream;
}

async function ask(session: UpstreamSession, method: string, id: number | string = 1): Promise<Recorder> {
  const sink = new Recorder();
  session.send(request(id, method), sink);
  await sink.settled;
  return sink;
}

async function resultOf(sink: Recorder): Promise<Record<string, unknown>> {
  await sink.settled;
  return (JSON.parse(sink.messages.at(-1)!) as { result: Record<string, unknown> }).result;
}

/** A zombie that nobody reaps, as under a container's careless first process, is dead. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

afterEach(() => upstream.stop());

describe('a child process', () => {
  it('gets a clean environment and nothing of the gateway', async () => {
    process.env.PORTCULLIS_TEST_SECRET = 'of the gateway';
    const result = await resultOf(
      await ask(start('normal', { API_KEY: 'configured' }).open('a'), 'environment'),
    );
    delete process.env.PORTCULLIS_TEST_SECRET;
    const environment = result.environment as Record<string, string>;
    expect(environment).toMatchObject({ API_KEY: 'configured', PATH: process.env.PATH });
    expect(environment.PORTCULLIS_TEST_SECRET).toBeUndefined();
  });

  it('is one for each client session, the same for the same key', async () => {
    start('normal');
    const pids = await Promise.all(
      ['a', 'b', 'a'].map(
        async (key, id) => (await resultOf(await ask(upstream.open(key), 'environment', id))).pid,
      ),
    );
    expect(pids[0]).toBe(pids[2]);
    expect(pids[0]).not.toBe(pids[1]);
  });

  it('is gone, with what it started, when its session is closed', async () => {
    const session = start('family').open('a');
    const listener = new Recorder();
    session.listen({}, undefined, listener);
    await listener.seen(2);
    const grandchild = (JSON.parse(listener.messages[0]!) as { params: { pid: number } }).params.pid;
    const child = (await resultOf(await ask(session, 'environment'))).pid as number;
    expect([lives(child), lives(grandchild)]).toEqual([true, true]);
    session.close();
    await upstream.stop();
    expect([lives(child), lives(grandchild)]).toEqual([false, false]);
  });

  it('that dies takes what it started with it', async () => {
    const session = start('family').open('a');
    const listener = new Recorder();
    session.listen({}, undefined, listener);
    await listener.seen(2);
    const grandchild = (JSON.parse(listener.messages[0]!) as { params: { pid: number } }).params.pid;
    const sink = await ask(session, 'die');
    expect(sink.error!.code).toBe('PC_UPSTREAM_DIED');
    await upstream.stop();
    expect(lives(grandchild)).toBe(false);
  });

  it('that ignores the end of its input and SIGTERM is killed', async () => {
    const session = start('deaf').open('a');
    const pid = (await resultOf(await ask(session, 'environment'))).pid as number;
    const started = performance.now();
    await upstream.stop();
    expect(lives(pid)).toBe(false);
    expect(performance.now() - started).toBeLessThan(6000);
  });

  it('that exits by itself says so, and its pending request has an unknown outcome', async () => {
    const session = start('normal').open('a');
    const waiting = new Recorder();
    session.send(request(5, 'hold'), waiting);
    const sink = await ask(session, 'die');
    await waiting.settled;
    for (const { error, ran } of [sink, waiting])
      expect([error!.code, ran]).toEqual(['PC_UPSTREAM_DIED', 'unknown']);
    expect(await session.closed).toEqual({ exitCode: 7, signal: null, how: 'exit code 7' });
    const late = await ask(session, 'echo', 9);
    expect([late.error!.code, late.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
  });

  it('is counted until it is gone', async () => {
    start('normal', {}, 2);
    upstream.open('a');
    upstream.open('b');
    expect(() => upstream.open('c')).toThrow(/as many sessions/);
    expect(upstream.open('a')).toBeDefined();
  });

  it('cannot be opened once the upstream has stopped', async () => {
    start('normal');
    await upstream.stop();
    expect(() => upstream.open('a')).toThrow(/stopping/);
  });
});

describe('a command that cannot run', () => {
  it('is reported in words, as not having run the message', async () => {
    upstream = createUpstream({ transport: 'stdio', command: ['/no/such/command'], env: {} }, context);
    const sink = await ask(upstream.open('a'), 'initialize');
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
    expect(sink.error!.message).toContain('/no/such/command was not found');
  });

  it('says when it is the working directory that is missing', async () => {
    upstream = createUpstream(
      { transport: 'stdio', command: [process.execPath], env: {}, cwd: '/no/such/place' },
      context,
    );
    expect((await ask(upstream.open('a'), 'initialize')).error!.message).toContain(
      '/no/such/place does not exist',
    );
  });

  it('is not started again and again, and the reason holds no secret', async () => {
    let now = 0;
    upstream = createUpstream(
      { transport: 'stdio', command: [process.execPath, CHILD, 'crash'], env: { API_KEY: 'hunter2hunter2' } },
      { ...context, clock: () => now },
    );
    for (const key of ['a', 'b', 'c']) {
      const session = upstream.open(key);
      await session.closed;
    }
    expect(() => upstream.open('d')).toThrow(/exit code 3: cannot start with key \*\*\*/);
    now = 1100;
    await upstream.open('e').closed;
    expect(() => upstream.open('f')).toThrow(/tried again in 2 s/);
  });
});
