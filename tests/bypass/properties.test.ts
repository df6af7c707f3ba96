/** Promise: whatever is sent, there is a definite answer, and what comes through is what the policy allows. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  guardServer,
  MCP_HEADERS,
  rawRequest,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { hostileBody } from './hostile-bodies.ts';
import { POLICY } from './policy.ts';
import { send } from './send.ts';

const SEED = Number(process.env.PORTCULLIS_TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.PORTCULLIS_TEST_RUNS ?? 400);

let gateway: TestGateway;
let recorder: Fixture;
let guarded: GuardedServer;
beforeAll(async () => {
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder')]);
  guarded = await guardServer(gateway, { name: 'recorder', url: recorder.url }, POLICY);
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
});

it(`holds for ${RUNS} random bodies (seed ${SEED})`, { timeout: 120_000 }, async () => {
  process.stdout.write(`bypass properties: seed ${SEED}\n`);
  let through = 0;
  await fc.assert(
    fc.asyncProperty(hostileBody, async (body) => {
      await recorder.clear();
      const answer = await send({
        origin: gateway.url,
        path: `/mcp/${guarded.server.id}`,
        method: 'POST',
        headers: { ...MCP_HEADERS, ...guarded.headers },
        body: Buffer.from(body),
      });
      expect(isDefinite(answer.status, answer.text), `${answer.status} ${answer.text}`).toBe(true);
      for (const { body: arrived } of await recorder.log()) {
        const message = JSON.parse(arrived) as Arrived;
        expect(Array.isArray(message)).toBe(false);
        if (message.method !== 'tools/call') continue;
        through++;
        expect(mayPass(message.params ?? {}), arrived).toBe(true);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // A gateway that lets nothing through would hold trivially.
  expect(through).toBeGreaterThan(RUNS / 50);
  expect((await rawRequest(`${gateway.url}/readyz`)).status).toBe(200);
});

interface Arrived {
  readonly method?: unknown;
  readonly params?: { readonly name?: unknown; readonly arguments?: Record<string, unknown> };
}

function isDefinite(status: number, text: string): boolean {
  if (status === 202) return text === '';
  return (status === 200 || (status >= 400 && status < 500)) && text !== '';
}

function mayPass({ name, arguments: args = {} }: NonNullable<Arrived['params']>): boolean {
  if (name === 'safe') return true;
  if (name === 'guarded') return args['mode'] !== 'danger';
  return name === 'bounded' && typeof args['amount'] === 'number' && args['amount'] <= 100;
}
