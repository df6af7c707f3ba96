/** Promise: a batch of 2025-03-26 at /mcp is decided as a whole, each entry by the rules of the server that it is for. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rawPost, rawRequest, type RawAnswer } from '../kit/index.ts';
import { openScene, type Scene } from './scene.ts';

interface Answer {
  readonly id: number;
  readonly result?: { readonly isError?: boolean; readonly tools?: readonly { readonly name: string }[] };
  readonly error?: { readonly data?: { readonly code: string } };
}

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
}, 60_000);
afterAll(() => scene?.close());
beforeEach(() => scene.clear());

async function open(version = '2025-03-26'): Promise<Record<string, string>> {
  const authorization = `Bearer ${(await scene.grant()).token}`;
  const params = { protocolVersion: version, capabilities: {}, clientInfo: { name: 'batch', version: '1' } };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const answer = await rawPost(scene.url, body, { authorization });
  expect(answer.status, answer.text).toBe(200);
  await scene.clear();
  return { authorization, 'mcp-session-id': String(answer.headers['mcp-session-id']) };
}

const call = (id: number, name: string, args: object = {}): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const ask = (id: number, method: string, params: object = {}): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
const post = (messages: readonly object[], headers: Record<string, string>): Promise<RawAnswer> =>
  rawPost(scene.url, JSON.stringify(messages), headers);
const byId = (answer: RawAnswer): ReadonlyMap<number, Answer> =>
  new Map(answer.json<readonly Answer[]>().map((one) => [one.id, one]));
const codes = (answer: RawAnswer): Record<number, string | undefined> =>
  Object.fromEntries([...byId(answer)].map(([id, { error }]) => [id, error?.data?.code]));

describe('a batch whose entries all may', () => {
  it('is answered by each server that it is for, and no server sees an array', async () => {
    const headers = await open();
    const messages = [
      call(1, 'notes__echo', { a: 1 }),
      call(2, 'lab__test_simple_text'),
      ask(3, 'ping'),
      ask(4, 'tools/list'),
      { jsonrpc: '2.0', method: 'notifications/roots/list_changed' },
    ];
    const answer = await post(messages, headers);
    expect(answer.status, answer.text).toBe(200);
    const answers = byId(answer);
    expect([...answers.keys()].toSorted()).toEqual([1, 2, 3, 4]);
    expect(answers.get(1)?.result).toHaveProperty('content');
    expect(answers.get(2)?.result?.isError).not.toBe(true);
    const names = answers.get(4)?.result?.tools?.map(({ name }) => name);
    expect(names).toContain('notes__echo');
    expect(names).not.toContain('notes__delete_account');
    expect((await scene.arrived()).toSorted()).toEqual(['echo', 'test_simple_text']);
    const bodies = (await Promise.all([scene.notes.log(), scene.lab.log()])).flat().map(({ body }) => body);
    expect(bodies.filter((body) => body.startsWith('['))).toEqual([]);
  });

  it('without requests is accepted', async () => {
    const headers = await open();
    const answer = await post([{ jsonrpc: '2.0', method: 'notifications/roots/list_changed' }], headers);
    expect([answer.status, answer.text]).toEqual([202, '']);
  });
});

describe('one entry that may not refuses all', () => {
  it.each([
    ['what the policy denies', call(2, 'notes__write_note'), 'denied'],
    ['what another server denies', call(2, 'lab__test_error_handling'), 'denied'],
    ['what is hidden', call(2, 'notes__delete_account'), 'unknown'],
    ['a tool of no server', call(2, 'echo'), 'unknown'],
    ['a tool of a server of somebody else', call(2, 'foreign__echo'), 'unknown'],
    ['a resource of no server', ask(2, 'resources/read', { uri: 'file:///etc/passwd' }), 'error'],
    ['a method that nobody knows', ask(2, 'x/y'), 'error'],
    ['initialize', ask(2, 'initialize', { protocolVersion: '2025-03-26' }), 'error'],
  ])('%s', async (_, refused) => {
    const headers = await open();
    const answer = await post(
      [call(1, 'notes__echo'), refused, ask(3, 'tools/list'), ask(4, 'ping')],
      headers,
    );
    expect(answer.status, answer.text).toBe(200);
    const said = codes(answer);
    expect([said[1], said[3], said[4]]).toEqual(Array(3).fill('PC_BATCH_ENTRY_REFUSED'));
    const own = byId(answer).get(2);
    expect(own?.result?.isError === true || own?.error !== undefined).toBe(true);
    expect(said[2]).not.toBe('PC_BATCH_ENTRY_REFUSED');
    await scene.nothingArrived();
  });

  it('and gives back what the others had reserved', async () => {
    const headers = await open();
    for (let round = 0; round < 3; round += 1)
      await post([call(1, 'notes__read_note'), call(2, 'notes__write_note')], headers);
    await scene.nothingArrived();
    const answer = await post([call(1, 'notes__read_note'), call(2, 'notes__read_note')], headers);
    expect([...byId(answer).values()].map(({ result }) => result?.isError === true)).toEqual([false, false]);
    const third = await post([call(3, 'notes__read_note'), call(4, 'notes__echo')], headers);
    expect(byId(third).get(3)?.result?.isError).toBe(true);
    expect(await scene.arrived()).toEqual(['read_note', 'read_note']);
  });
});

it.each(['2025-06-18', '2025-11-25'])('is refused in a session of %s', async (version) => {
  const answer = await post([call(1, 'notes__echo')], await open(version));
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({ error: { code: -32600, data: { code: 'PC_BATCH_REFUSED' } } });
  await scene.nothingArrived();
});

it('is refused without a session', async () => {
  const { authorization } = await open();
  const answer = await post([call(1, 'notes__echo')], { authorization: authorization! });
  expect(answer.status).toBe(400);
  await scene.nothingArrived();
});

it('is refused with an answer or a notification that is for no server', async () => {
  const headers = await open();
  for (const stray of [
    { jsonrpc: '2.0', id: 'nobody:1', result: {} },
    { jsonrpc: '2.0', method: 'notifications/unheard-of' },
  ]) {
    const answer = await post([call(1, 'notes__echo'), stray], headers);
    expect(answer.status).toBe(400);
  }
  await scene.nothingArrived();
  expect((await rawRequest(`${scene.gateway.url}/healthz`)).status).toBe(200);
});
