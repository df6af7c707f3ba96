/** Promise: whatever is sent, there is a definite answer, and what comes through is what the policy allows. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MCP_HEADERS, rawRequest } from '../kit/index.ts';
import { hostileBody } from './hostile-bodies.ts';
import { guardedRecorder } from './guarded-recorder.ts';
import { send } from './send.ts';

const SEED = Number(process.env.PORTCULLIS_TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.PORTCULLIS_TEST_RUNS ?? 400);

const here = guardedRecorder();

it(`holds for ${RUNS} random bodies (seed ${SEED})`, { timeout: 120_000 }, async () => {
  process.stdout.write(`bypass properties: seed ${SEED}\n`);
  let through = 0;
  await fc.assert(
    fc.asyncProperty(hostileBody, async (body) => {
      await here.recorder.clear();
      const answer = await send({
        origin: here.gateway.url,
        path: `/mcp/${here.guarded.server.id}`,
        method: 'POST',
        headers: { ...MCP_HEADERS, ...here.guarded.headers },
        body: Buffer.from(body),
      });
      expect(isDefinite(answer.status, answer.text), `${answer.status} ${answer.text}`).toBe(true);
      for (const { body: arrived } of await here.recorder.log()) {
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
  expect((await rawRequest(`${here.gateway.url}/readyz`)).status).toBe(200);
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
