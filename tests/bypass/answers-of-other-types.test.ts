/** Promises 1 and 3: an answer is read and judged, or it does not come back; an HTTP error is the client's to understand, with a body or without. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, openStream, sendCall, textOfAnswer, type Headers } from '../chaos/clients.ts';
import { startUpstream, type ChaosUpstream } from '../chaos/upstream.ts';
import {
  guardServer,
  rawPost,
  rawRequest,
  startGateway,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';

const SECRET = 'AKIAIOSFODNN7EXAMPLE';
const TYPES = ['application/json-rpc', 'text/json', 'text/plain', 'application/vnd.api+json', undefined];

let gateway: TestGateway;
let upstream: ChaosUpstream;
let guarded: GuardedServer;
/** The same server, without rules for results. */
let plain: GuardedServer;
let session: Headers;
beforeAll(async () => {
  [gateway, upstream] = await Promise.all([startGateway(), startUpstream()]);
  guarded = await guardServer(
    gateway,
    { name: 'types', url: upstream.url },
    {
      version: '1',
      default: 'allow',
      all_tools: { results: { redact: ['secrets'] } },
      resources: { default: 'deny', allow: ['file:///open/*'] },
    },
  );
  session = await openSession(guarded);
  plain = await guardServer(
    gateway,
    { name: 'plain', url: upstream.url },
    { version: '1', default: 'allow' },
  );
});
afterAll(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const typed = (type: string | undefined) => (type === undefined ? {} : { 'content-type': type });

async function answered(type: string | undefined, method: string, params: object, result: object) {
  const sent = sendCall(guarded, 'legacy', session, method, { ...params });
  const { response, message } = await upstream.next();
  response.writeHead(200, typed(type));
  response.end(JSON.stringify({ jsonrpc: '2.0', id: message?.id, result }));
  return textOfAnswer(sent);
}

describe.each(TYPES)('a body of the type %s', (type) => {
  it('brings no result past its rules', async () => {
    const content = [{ type: 'text', text: SECRET }];
    // Another call for each type: an answer that cannot be read is lost, and an identical call would ask first.
    const params = { name: 'work', arguments: { type } };
    const text = await answered(type, 'tools/call', params, { content });
    expect(text).not.toContain(SECRET);
    expect(text).toContain('PC_UPSTREAM_PROTOCOL');
  });

  it('brings no list past its filter', async () => {
    const resources = [{ uri: 'file:///closed/a', name: 'a' }];
    const text = await answered(type, 'resources/list', {}, { resources });
    expect(text).not.toContain('closed');
    expect(text).toContain('PC_UPSTREAM_PROTOCOL');
  });

  it('is no stream of server messages', async () => {
    const opening = rawRequest(guarded.url, { headers: { ...session, accept: 'text/event-stream' } });
    const { response } = await upstream.next();
    response.writeHead(200, typed(type));
    response.end(`data: {"jsonrpc":"2.0","id":1,"result":{"content":[{"text":"${SECRET}"}]}}\n\n`);
    const stream = await opening;
    expect(stream.status).toBe(502);
    expect(stream.text).not.toContain(SECRET);
  });
});

it('a list that is none is refused in the name of its server', async () => {
  const text = await answered('application/json', 'resources/list', {}, {});
  expect(text).toContain('The MCP server types answered');
});

it('a notification that is answered with a text has arrived', async () => {
  const sending = rawPost(guarded.url, '{"jsonrpc":"2.0","id":"1","result":{}}', session);
  expect((await sending).status).toBe(400);
  const stream = openStream(guarded, session);
  const { response } = await upstream.next();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: {"jsonrpc":"2.0","id":"asked","method":"roots/list"}\n\n');
  await (await stream).until(/asked/);
  const telling = rawPost(guarded.url, '{"jsonrpc":"2.0","id":"asked","result":{"roots":[]}}', session);
  const told = await upstream.next();
  told.response.writeHead(200, { 'content-type': 'text/plain' }).end('OK');
  expect(await telling).toMatchObject({ status: 200, text: '' });
  response.end();
});

describe.each([404, 429, 503])('HTTP %i', (status) => {
  const refused = async (to: GuardedServer, body: string) => {
    const sent = sendCall(to, 'legacy', to === guarded ? session : await openSession(to));
    const { response } = await upstream.next();
    response.writeHead(status, { 'retry-after': '7' }).end(body);
    const { status: told, headers } = await sent.answer;
    return { status: told, retryAfter: headers['retry-after'], text: await textOfAnswer(sent) };
  };

  it.each(['', 'Session not found'])('with the body "%s" is passed on', async (body) => {
    expect(await refused(plain, body)).toEqual({ status, retryAfter: '7', text: body });
  });

  it('keeps its body where rules for results could not be applied to it', async () => {
    expect(await refused(guarded, SECRET)).toEqual({ status, retryAfter: '7', text: '' });
  });
});
