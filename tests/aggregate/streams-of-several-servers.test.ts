/** Promises 3 and 8 at /mcp: subscriptions, progress and cancellations find their own server, and its words their own client. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openSession, openStream, sendCall, type Target } from '../chaos/clients.ts';
import { startUpstream, type ChaosUpstream, type Exchange } from '../chaos/upstream.ts';
import {
  createPolicy,
  mintSharedGrant,
  rawPost,
  registerServer,
  startGateway,
  type JsonRpcMessage,
  type TestGateway,
} from '../kit/index.ts';

const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';
const POLICY = {
  version: '1',
  default: 'allow',
  resources: { default: 'allow', deny: ['file:///secret*'] },
};

let gateway: TestGateway;
let upstreams: Record<'red' | 'blue', ChaosUpstream>;
let target: Target;
beforeAll(async () => {
  const [started, red, blue] = await Promise.all([startGateway(), startUpstream(), startUpstream()]);
  gateway = started;
  upstreams = { red, blue };
  const servers = [];
  for (const [name, { url }] of Object.entries(upstreams)) {
    const { id } = await registerServer(gateway, { name, url });
    servers.push({ server: name, policyId: (await createPolicy(gateway, id, POLICY)).id });
  }
  const { token } = await mintSharedGrant(gateway, servers);
  target = { url: `${gateway.url}/mcp`, headers: { authorization: `Bearer ${token}` } };
});
afterAll(async () => {
  await gateway?.stop();
  await Promise.all(Object.values(upstreams ?? {}).map((upstream) => upstream.close()));
});

const listen = (notifications: object) =>
  sendCall(target, 'modern', undefined, 'subscriptions/listen', { notifications });
const stamp = (id: string): object => ({ _meta: { [SUBSCRIPTION]: id } });
const acknowledged = (id: string, notifications: object): object => ({
  jsonrpc: '2.0',
  method: 'notifications/subscriptions/acknowledged',
  params: { notifications, ...stamp(id) },
});
const changed = (id: string, what: string): object => ({
  jsonrpc: '2.0',
  method: `notifications/${what}/list_changed`,
  params: stamp(id),
});
const wanted = ({ message }: Exchange): unknown => message?.params?.['notifications'];

it('a subscription is one at every server: acknowledged once, heard from all, ended by its client', async () => {
  const sent = listen({ toolsListChanged: true, promptsListChanged: true });
  const [red, blue] = await Promise.all([upstreams.red.next(), upstreams.blue.next()]);
  red.stream();
  blue.stream();
  red.event(acknowledged(sent.id, { toolsListChanged: true }));
  // Nothing overtakes the acknowledgement of all.
  red.event(changed(sent.id, 'tools'));
  blue.event(acknowledged(sent.id, { promptsListChanged: true }));
  const answer = await sent.answer;
  const granted = { toolsListChanged: true, promptsListChanged: true };
  expect(await answer.message()).toEqual(acknowledged(sent.id, granted));
  expect(await answer.message()).toEqual(changed(sent.id, 'tools'));
  blue.event(changed(sent.id, 'prompts'));
  expect(await answer.message()).toEqual(changed(sent.id, 'prompts'));
  answer.close();
  await Promise.all([red.closed, blue.closed]);
});

it('each server is asked for its own resources only, and their names come back as they are here', async () => {
  const uris = ['mcp.red+file:///a', 'mcp.blue+file:///b', 'file:///c', 'mcp.foreign+file:///d'];
  const sent = listen({ resourceSubscriptions: uris });
  const [red, blue] = await Promise.all([upstreams.red.next(), upstreams.blue.next()]);
  expect(wanted(red)).toEqual({ resourceSubscriptions: ['file:///a'] });
  expect(wanted(blue)).toEqual({ resourceSubscriptions: ['file:///b'] });
  for (const [exchange, uri] of [
    [red, 'file:///a'],
    [blue, 'file:///b'],
  ] as const) {
    exchange.stream();
    exchange.event(acknowledged(sent.id, { resourceSubscriptions: [uri] }));
  }
  const answer = await sent.answer;
  expect(await answer.message()).toEqual(acknowledged(sent.id, { resourceSubscriptions: uris.slice(0, 2) }));
  const method = 'notifications/resources/updated';
  blue.event({ jsonrpc: '2.0', method, params: { uri: 'file:///b', ...stamp(sent.id) } });
  expect(await answer.message()).toEqual({
    jsonrpc: '2.0',
    method,
    params: { uri: 'mcp.blue+file:///b', ...stamp(sent.id) },
  });
  answer.close();
  await Promise.all([red.closed, blue.closed]);
});

it('a server that refuses or ends costs its own part; the last one ends the stream', async () => {
  const sent = listen({ toolsListChanged: true });
  const [red, blue] = await Promise.all([upstreams.red.next(), upstreams.blue.next()]);
  red.response.writeHead(200, { 'content-type': 'application/json' });
  red.response.end(JSON.stringify({ jsonrpc: '2.0', id: sent.id, error: { code: -32603, message: 'full' } }));
  blue.stream();
  blue.event(acknowledged(sent.id, { toolsListChanged: true }));
  const answer = await sent.answer;
  expect(await answer.message()).toEqual(acknowledged(sent.id, { toolsListChanged: true }));
  blue.event({ jsonrpc: '2.0', id: sent.id, result: { resultType: 'complete', ...stamp(sent.id) } });
  blue.response.end();
  expect(await answer.message()).toEqual({
    jsonrpc: '2.0',
    id: sent.id,
    result: { resultType: 'complete', ...stamp(sent.id) },
  });
  await answer.ended;
});

it('what no server grants is refused, and what a policy forbids reaches none', async () => {
  const sent = listen({ resourceSubscriptions: ['mcp.red+file:///secret/key'] });
  const answer = await sent.answer;
  let text = '';
  for await (const line of answer.lines) text += line;
  expect(text).toContain('"error"');
  expect(upstreams.red.waiting).toEqual([]);
  expect(upstreams.blue.waiting).toEqual([]);
});

it('a revoked grant ends its subscriptions', async () => {
  const { id, token } = await mintSharedGrant(gateway, [{ server: 'red' }, { server: 'blue' }]);
  const own = { url: target.url, headers: { authorization: `Bearer ${token}` } };
  const sent = sendCall(own, 'modern', undefined, 'subscriptions/listen', {
    notifications: { toolsListChanged: true },
  });
  const [red, blue] = await Promise.all([upstreams.red.next(), upstreams.blue.next()]);
  for (const exchange of [red, blue]) {
    exchange.stream();
    exchange.event(acknowledged(sent.id, { toolsListChanged: true }));
  }
  const answer = await sent.answer;
  await answer.message();
  expect((await gateway.api('DELETE', `/grants/${id}`)).status).toBeLessThan(300);
  await Promise.all([answer.ended, red.closed, blue.closed]);
});

it('the progress of what a server asked goes back to that server, under its own token', async () => {
  const session = await openSession(target);
  const sent = sendCall(target, 'legacy', session, 'tools/call', { name: 'red__work', arguments: {} });
  const call = await upstreams.red.next();
  call.stream();
  const _meta = { progressToken: 7 };
  call.event({ jsonrpc: '2.0', id: 1, method: 'sampling/createMessage', params: { messages: [], _meta } });
  const asked = await (await sent.answer).message<JsonRpcMessage>();
  expect(asked).toMatchObject({ id: 'red:1', params: { _meta: { progressToken: 'red:7' } } });
  const tell = (progressToken: string): Promise<number> =>
    rawPost(
      target.url,
      JSON.stringify({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progressToken, progress: 1 },
      }),
      session,
    ).then(({ status }) => status);
  expect(await tell('red:7')).toBe(202);
  await vi.waitFor(() =>
    expect(upstreams.red.told.at(-1)?.params).toEqual({ progressToken: 7, progress: 1 }),
  );
  expect(upstreams.blue.told.filter(({ method }) => method === 'notifications/progress')).toEqual([]);
  for (const token of ['green:7', '7', 'red:{}']) expect(await tell(token)).toBe(400);
  call.event({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  expect(await (await sent.answer).message()).toMatchObject({ params: { requestId: 'red:1' } });
  call.response.end();
  await (
    await sent.answer
  ).ended;
});

it('a stream of the session hears both servers', async () => {
  const session = await openSession(target);
  const opening = openStream(target, session);
  const [red, blue] = await Promise.all([upstreams.red.next(), upstreams.blue.next()]);
  red.stream();
  blue.stream();
  const stream = await opening;
  for (const [exchange, data] of [
    [red, 'red'],
    [blue, 'blue'],
  ] as const) {
    exchange.event({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data } });
    expect(await stream.message()).toMatchObject({ params: { data } });
  }
  stream.close();
  await Promise.all([red.closed, blue.closed]);
});
