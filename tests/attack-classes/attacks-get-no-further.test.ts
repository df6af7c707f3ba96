/** Promise 1 and 5 by classes of attack: the verdict of /evaluate is the verdict on the wire, and nothing that is denied arrives. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../kit/figure.ts';
import {
  guardServer,
  rawPost,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';

interface AttackCase {
  readonly class: string;
  readonly name: string;
  readonly tool: string;
  readonly arguments: Record<string, unknown>;
  readonly expect: 'allow' | 'deny';
  /** Must not be in what the client gets, though the server sent it. */
  readonly hidden?: string;
  readonly shown?: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const CASES = read('cases.json') as readonly AttackCase[];
const CLASSES = new Set(CASES.map((one) => one.class));
const URIS = ['file:///home/ada/.ssh/id_rsa', 'work://../secret', 'work:///%2e%2e/secret', 'WORK://a', ''];

let gateway: TestGateway;
let recorder: Fixture;
let guarded: GuardedServer;
beforeAll(async () => {
  const TOOLS_FILE = fileURLToPath(new URL('tools.json', import.meta.url));
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder', { TOOLS_FILE })]);
  guarded = await guardServer(gateway, { name: 'attacked', url: recorder.url }, read('policy.json'));
  // The tools' schemas are known once they were listed.
  expect((await post('tools/list', {})).text).toContain('read_file');
  figure('attack-classes', 'classes with cases', CLASSES.size);
  figure('attack-classes', 'classes without', (read('not-covered.json') as unknown[]).length);
});
afterAll(async () => {
  await gateway?.stop();
  await recorder?.stop();
});

const post = (method: string, params: object) =>
  rawPost(guarded.url, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }), guarded.headers);

describe.each([...CLASSES])('%s', (name) => {
  const cases = CASES.filter((one) => one.class === name);
  it.each(cases.map((one) => [one.expect, one.name, one] as const))('%s: %s', async (_expect, _name, one) => {
    const evaluated = await gateway.api<{ outcome: string }>('POST', '/evaluate', {
      grant: guarded.grant.id,
      tool: one.tool,
      arguments: one.arguments,
    });
    expect(evaluated.status, JSON.stringify(evaluated.body)).toBe(200);
    expect(evaluated.body.outcome).toBe(one.expect);
    await recorder.clear();
    const { status, text } = await post('tools/call', { name: one.tool, arguments: one.arguments });
    expect(status).toBe(200);
    const calls = await recorder.calls('tools/call');
    if (one.expect === 'deny') {
      expect(calls).toEqual([]);
      expect(text).toContain('"isError":true');
    } else {
      expect(calls).toHaveLength(1);
      expect(text).not.toContain('"isError":true');
    }
    if (one.hidden !== undefined) expect(text).not.toContain(one.hidden);
    if (one.shown !== undefined) expect(text).toContain(one.shown);
  });
});

it.each(URIS)('resources outside what is allowed: %j', async (uri) => {
  await recorder.clear();
  const { text } = await post('resources/read', { uri });
  expect(text).toContain('"error"');
  expect(await recorder.calls('resources/read')).toEqual([]);
});
