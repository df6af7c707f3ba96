/** Promise 8: streams live, many at once and for a long time. The full size and the long waits run with `npm run test:chaos`. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { figure } from '../kit/figure.ts';
import { guardServer, rawRequest, startGateway, type GuardedServer, type TestGateway } from '../kit/index.ts';
import { logged, openSession, openStream, sendCall, textOfAnswer } from './clients.ts';
import { expectNoLeak, footprint } from './footprint.ts';
import { resultOf, startUpstream, type ChaosUpstream, type Exchange } from './upstream.ts';

const LONG = process.env.PORTCULLIS_TEST_LONG !== undefined;
const SESSIONS = LONG ? 1000 : 100;
const WAVE = 50;

let gateway: TestGateway;
let upstream: ChaosUpstream;
let guarded: GuardedServer;
beforeAll(async () => {
  [gateway, upstream] = await Promise.all([startGateway(), startUpstream()]);
  guarded = await guardServer(
    gateway,
    { name: 'chaos', url: upstream.url },
    { version: '1', default: 'allow' },
  );
});
afterAll(async () => {
  await gateway?.stop();
  await upstream?.close();
});

async function openOne(): Promise<{ client: Awaited<ReturnType<typeof openStream>>; server: Exchange }> {
  const session = await openSession(guarded);
  const opening = openStream(guarded, session);
  const server = await upstream.next();
  server.stream();
  return { client: await opening, server };
}

it(
  `${SESSIONS} sessions with an open stream each are heard, and leave nothing behind`,
  { timeout: 180_000 },
  async () => {
    const first = await openOne();
    first.client.close();
    await first.server.closed;
    const before = await footprint(gateway);
    const clients = [];
    const servers: Exchange[] = [];
    for (let opened = 0; opened < SESSIONS; opened += WAVE) {
      const wave = await Promise.all(Array.from({ length: WAVE }, openOne));
      clients.push(...wave.map(({ client }) => client));
      servers.push(...wave.map(({ server }) => server));
    }
    const held = await footprint(gateway);
    servers.forEach((server, n) =>
      server.event({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: n } }),
    );
    // Which of a wave's clients belongs to which of its exchanges is not known; together they hear every number once.
    const heard = await Promise.all(
      clients.map(async (client) => (await client.message<{ params: { data: number } }>()).params.data),
    );
    expect(heard.toSorted((a, b) => a - b)).toEqual(servers.map((_, n) => n));
    figure(
      'chaos',
      'resident bytes for each session with two open streams',
      (held.resident - before.resident) / SESSIONS,
    );
    for (const client of clients) client.close();
    await Promise.all(servers.map(({ closed }) => closed));
    await vi.waitFor(async () => expect(await upstream.sockets()).toBe(0), 10_000);
    await expectNoLeak(gateway, before);
    expect((await rawRequest(`${gateway.url}/readyz`)).status).toBe(200);
  },
);

describe.runIf(LONG).concurrent(LONG ? 'long waits' : 'long waits (npm run test:chaos)', () => {
  it.each(['legacy', 'modern'] as const)(
    'a call of 55 s in the %s era is answered',
    { timeout: 90_000 },
    async (era) => {
      const { promise, id } = await held(era);
      const exchange = await taken(id);
      await seconds(55);
      exchange.answer('patience');
      expect(await promise).toContain('patience');
      expect(await logged(gateway, id)).toMatchObject({ outcome: 'allow' });
    },
  );

  it(
    'a call whose stream is silent for 320 s is kept alive, and answered',
    { timeout: 400_000 },
    async () => {
      const { promise, id } = await held('legacy');
      const exchange = await taken(id);
      exchange.stream();
      await seconds(320);
      exchange.event(resultOf(id, 'patience'));
      exchange.response.end();
      const text = await promise;
      expect(text).toContain('patience');
      expect(text.match(/^: ?keep-alive/gm)?.length).toBeGreaterThanOrEqual(11);
    },
  );

  it('a subscription that is silent for 320 s is kept alive', { timeout: 400_000 }, async () => {
    const sent = sendCall(guarded, 'modern', undefined, 'subscriptions/listen', { notifications: {} });
    const exchange = await taken(sent.id);
    exchange.stream();
    const text = textOfAnswer(sent);
    await seconds(320);
    exchange.event({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
    exchange.response.end();
    expect(await text).toContain('list_changed');
    expect((await text).match(/^: ?keep-alive/gm)?.length).toBeGreaterThanOrEqual(11);
  });
});

async function held(era: 'legacy' | 'modern') {
  const sent = sendCall(guarded, era, era === 'legacy' ? await openSession(guarded) : undefined);
  return { id: sent.id, promise: textOfAnswer(sent) };
}

/** The exchange of one request, among those of tests that run at the same time. */
function taken(id: string): Promise<Exchange> {
  return vi.waitFor(() => upstream.take(({ message }) => message?.id === id), 10_000);
}

/** The length of the wait is what is tested. */
const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000));
