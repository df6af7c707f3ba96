/** Promise: a gateway that was killed in the middle of a call, or stopped after its answer was lost, asks when it is back, for a day. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardServer, startGateway, type TestGateway } from '../kit/index.ts';
import { fakeTime, noFakeTime } from '../kit/fake-time.ts';
import { answer, caller, decisionOf, type Caller } from './caller.ts';
import { startLosingServer, type LosingServer } from './losing-server.ts';

let home: string;
let gateway: TestGateway;
let upstream: LosingServer;
let client: Caller;

async function open(env: Readonly<Record<string, string>> = {}): Promise<void> {
  home = await mkdtemp(join(tmpdir(), 'portcullis-unknown-'));
  upstream = await startLosingServer();
  gateway = await startGateway({ home, env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0', ...env } });
  const guarded = await guardServer(
    gateway,
    { name: 'Losing', url: upstream.url },
    { version: '1', default: 'allow' },
  );
  client = caller(gateway, upstream, guarded);
}
async function close(): Promise<void> {
  await gateway?.stop();
  await upstream?.close();
  await rm(home, { recursive: true, force: true });
}

async function asks(args: object, about: string): Promise<string | undefined> {
  const before = upstream.arrived.length;
  const { text, decision } = await client.call('run_job', args);
  expect(text).toContain('[APPROVAL REQUIRED]');
  expect(text).toContain(about);
  expect(decision.rule).toBe('(unknown outcome)');
  expect(upstream.arrived).toHaveLength(before);
  return decision.approval?.id;
}

describe('a gateway that', () => {
  beforeAll(() => open());
  afterAll(close);

  it('was killed in the middle of a call asks when it is made again, and sends what a person allowed', async () => {
    const args = { job: 'kill' };
    upstream.mode = 'hold';
    const sent = await client.send('run_job', args);
    sent.answer.catch(() => {});
    await upstream.reached(1);
    await gateway.kill9();
    upstream.mode = 'answer';
    await gateway.restart();
    const lost = await decisionOf(gateway, sent);
    expect(lost.outcome).toBe('unknown');
    await answer(gateway, await asks(args, lost.id), 'approve');
    for (const count of [2, 3]) {
      expect((await client.call('run_job', args)).text).toContain('done');
      expect(upstream.arrived).toHaveLength(count);
    }
    await gateway.restart();
    expect((await client.call('run_job', args)).text).toContain('done');
  });

  it('was stopped asks after the next start, and so does one that is killed as soon as the answer is lost', async () => {
    const stopped = { job: 'stop' };
    const { id } = await client.lose('run_job', stopped);
    await gateway.restart();
    await asks(stopped, id);
    const killed = { job: 'kill soon' };
    const lost = await client.lose('run_job', killed);
    await gateway.kill9();
    await gateway.restart();
    await asks(killed, lost.id);
  });
});

describe.skipIf(noFakeTime)(noFakeTime ? 'a day (there is no libfaketime)' : 'a day', () => {
  const clock = (): string => join(tmpdir(), `portcullis-unknown-clock-${process.pid}`);
  const jump = (offset: string): Promise<void> => writeFile(clock(), `${offset}\n`);
  beforeAll(async () => {
    await jump('+0');
    await open({
      LD_PRELOAD: fakeTime,
      FAKETIME_TIMESTAMP_FILE: clock(),
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    });
  });
  afterAll(async () => {
    await close();
    await rm(clock(), { force: true });
  });

  it('is how long it asks', async () => {
    const args = { job: 'old' };
    const { id } = await client.lose('run_job', args);
    await jump('+23h');
    await asks(args, id);
    await jump('+25h');
    expect((await client.call('run_job', args)).text).toContain('done');
    await gateway.restart();
    expect((await client.call('run_job', args)).text).toContain('done');
  });
});
