/** A gateway that holds calls for a while: somebody may be at the desk. */
import { describe, expect, it } from 'vitest';
import { guardServer, MCP_HEADERS, rawPost, sseLines, textOf, v1Client, v2Client } from '../kit/index.ts';
import { openDesk, POLICY } from './desk.ts';

const desk = openDesk({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '20' } });

/** Resolves with the next approval that waits. */
async function waiting(text: string): Promise<string> {
  const found = async (): Promise<string | undefined> => {
    for (const { id } of await desk.list('?state=pending')) {
      const { body } = await desk.gateway.api<{ argumentText: string }>('GET', `/approvals/${id}`);
      if (body.argumentText.includes(JSON.stringify(text))) return id;
    }
    return undefined;
  };
  await expect.poll(found, { timeout: 10_000 }).toBeDefined();
  return (await found())!;
}

const modernCall = (id: number, text: string, meta: object = {}): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: {
      name: 'echo',
      arguments: { text },
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientCapabilities': {},
        ...meta,
      },
    },
  });

const modernHeaders = (): Record<string, string> => ({
  ...MCP_HEADERS,
  ...desk.guarded.headers,
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': 'echo',
});

describe('a held call', () => {
  it('goes on at once when it is approved', async () => {
    const client = await v1Client(desk.guarded.url, { token: desk.guarded.token });
    const result = client.callTool('echo', { text: 'held' });
    await desk.approve(await waiting('held'));
    expect((await result).isError ?? false).toBe(false);
    await client.close();
  });

  it('is denied at once when it is denied', async () => {
    const client = await v2Client(desk.guarded.url, 'modern', { token: desk.guarded.token });
    const result = client.callTool('echo', { text: 'held and denied' });
    await desk.deny(await waiting('held and denied'), 'no');
    expect(textOf(await result)).toContain('[POLICY DENIED]');
    await client.close();
  });

  it('reports progress to who gave a token, and answers in the same stream', async () => {
    const stream = await sseLines(desk.guarded.url, {
      method: 'POST',
      headers: modernHeaders(),
      body: modernCall(7, 'progress', { progressToken: 'p1' }),
    });
    expect(await stream.message()).toMatchObject({
      method: 'notifications/progress',
      params: { progressToken: 'p1', progress: 0, total: 20 },
    });
    await desk.approve(await waiting('progress'));
    expect(await stream.message()).toMatchObject({ id: 7, result: { resultType: 'complete' } });
    await stream.ended;
  });

  it('is not made for a modern client that went away, and stays approved for its next try', async () => {
    await desk.upstream.clear();
    const stream = await sseLines(desk.guarded.url, {
      method: 'POST',
      headers: modernHeaders(),
      body: modernCall(8, 'gone', { progressToken: 'p2' }),
    });
    await stream.message();
    const id = await waiting('gone');
    stream.close();
    await stream.ended;
    await desk.approve(id);
    const client = await v2Client(desk.guarded.url, 'modern', { token: desk.guarded.token });
    await client.callTool('read_note', {});
    expect(await desk.arrived()).toEqual([{}]);
    expect((await client.callTool('echo', { text: 'gone' })).isError ?? false).toBe(false);
    expect(await desk.arrived()).toEqual([{}, { text: 'gone' }]);
    await client.close();
  });

  it('is not made for a client that cancelled', async () => {
    const url = `${desk.upstream.url}?mode=sessions`;
    const guarded = await guardServer(desk.gateway, { name: 'Cancelling', url }, POLICY);
    const client = await v1Client(guarded.url, { token: guarded.token });
    await desk.upstream.clear();
    const cancel = new AbortController();
    const call = client.sdk.callTool({ name: 'echo', arguments: { text: 'cancelled' } }, undefined, {
      signal: cancel.signal,
    } as object);
    const id = await waiting('cancelled');
    cancel.abort();
    await expect(call).rejects.toThrow();
    await client.sdk.ping();
    await desk.approve(id);
    await client.sdk.ping();
    expect(await desk.arrived()).toEqual([]);
    expect(await desk.upstream.calls('notifications/cancelled')).toEqual([]);
    await client.close();
  });

  it('is not made under a policy that came meanwhile', async () => {
    await desk.upstream.clear();
    const client = await v1Client(desk.guarded.url, { token: desk.guarded.token });
    const result = client.callTool('echo', { text: 'policy meanwhile' });
    const id = await waiting('policy meanwhile');
    // Approved and replaced as close together as it gets: whichever is seen first, nothing is sent.
    await Promise.all([
      desk.gateway.api('PUT', `/policies/${desk.guarded.policyId}`, {
        document: { version: '1', default: 'deny' },
      }),
      desk.approve(id),
    ]);
    const answer = await result;
    const arrived = await desk.arrived();
    expect(arrived.length).toBe(answer.isError === true ? 0 : 1);
    expect((await client.callTool('echo', { text: 'policy meanwhile' })).isError).toBe(true);
    expect(await desk.arrived()).toHaveLength(arrived.length);
    await desk.gateway.api('PUT', `/policies/${desk.guarded.policyId}`, { document: POLICY });
    await client.close();
  });
});

describe('a client that can open pages for its user', () => {
  const capabilities = { elicitation: { url: {} } };

  it('of 2026-07-28 is asked by input_required, and the same call goes on when it comes back', async () => {
    await desk.upstream.clear();
    const client = await v2Client(desk.guarded.url, 'modern', { token: desk.guarded.token, capabilities });
    const asked: Record<string, unknown>[] = [];
    client.sdk.setRequestHandler(
      'elicitation/create',
      async ({ params }: { params: Record<string, unknown> }) => {
        asked.push(params);
        await desk.approve(String(params['url']).split('/').at(-1)!);
        return { action: 'accept' };
      },
    );
    const result = await client.callTool('echo', { text: 'elicited' });
    expect(result.isError ?? false).toBe(false);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ mode: 'url' });
    expect(asked[0]!['url']).toMatch(`${desk.gateway.url}/approvals/`);
    expect(await desk.arrived()).toEqual([{ text: 'elicited' }]);
    const [sent] = await desk.upstream.calls('tools/call');
    expect(Object.keys(sent!['params'] as object).toSorted()).toEqual(['_meta', 'arguments', 'name']);
    await client.close();
  });

  it('of 2026-07-28 whose user declines is told in words', async () => {
    const client = await v2Client(desk.guarded.url, 'modern', { token: desk.guarded.token, capabilities });
    client.sdk.setRequestHandler(
      'elicitation/create',
      async ({ params }: { params: Record<string, unknown> }) => {
        await desk.deny(String(params['url']).split('/').at(-1)!, 'declined');
        return { action: 'decline' };
      },
    );
    expect(textOf(await client.callTool('echo', { text: 'declined' }))).toContain('[POLICY DENIED]');
    await client.close();
  });

  it('of 2025-11-25 gets the error that carries the page, and its retry is served', async () => {
    const guarded = await guardServer(
      desk.gateway,
      { name: 'Sessions', url: `${desk.upstream.url}?mode=sessions` },
      POLICY,
    );
    const client = await v1Client(guarded.url, { token: guarded.token, capabilities });
    const refused = await client.callTool('echo', { text: 'legacy page' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: -32042, data: { elicitations: [{ mode: 'url' }] } });
    const [{ url, elicitationId }] = (
      refused as { data: { elicitations: [{ url: string; elicitationId: string }] } }
    ).data.elicitations;
    expect(url).toBe(`${desk.gateway.url}/approvals/${elicitationId}`);
    await desk.approve(elicitationId);
    expect((await client.callTool('echo', { text: 'legacy page' })).isError ?? false).toBe(false);
    await client.close();
  });

  it.each(['approve', 'deny'] as const)(
    'of 2025-11-25 hears on its stream that it was decided: %s',
    async (verdict) => {
      const url = `${desk.upstream.url}?mode=sessions`;
      const guarded = await guardServer(desk.gateway, { name: `Told to ${verdict}`, url }, POLICY);
      const session = async (): Promise<Record<string, string>> => {
        const params = {
          protocolVersion: '2025-11-25',
          capabilities,
          clientInfo: { name: 'raw', version: '1' },
        };
        const body = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params });
        const { headers } = await rawPost(guarded.url, body, guarded.headers);
        return { ...guarded.headers, 'mcp-session-id': String(headers['mcp-session-id']) };
      };
      const [asking, other] = [await session(), await session()];
      const listen = (headers: Record<string, string>) =>
        sseLines(guarded.url, { method: 'GET', headers: { ...MCP_HEADERS, ...headers } });
      const [stream, strange] = [await listen(asking), await listen(other)];
      const params = { name: 'echo', arguments: { text: verdict } };
      const call = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
      const refused = (await rawPost(guarded.url, call, asking)).json<{
        error: { data: { elicitations: [{ elicitationId: string }] } };
      }>();
      const [{ elicitationId }] = refused.error.data.elicitations;
      await (verdict === 'approve' ? desk.approve(elicitationId) : desk.deny(elicitationId, 'no'));
      expect(await stream.message()).toMatchObject({
        method: 'notifications/elicitation/complete',
        params: { elicitationId },
      });
      const unasked = await Promise.race([strange.message(), Promise.resolve('nothing')]);
      expect(unasked).toBe('nothing');
      for (const one of [stream, strange]) one.close();
    },
  );

  it('cannot make the state up, nor carry it to another call', async () => {
    await desk.upstream.clear();
    const call = async (text: string, more: object): Promise<Record<string, unknown>> => {
      const body = JSON.parse(
        modernCall(9, text, { 'io.modelcontextprotocol/clientCapabilities': capabilities }),
      ) as { params: object };
      body.params = { ...body.params, ...more };
      const stream = await fetch(desk.guarded.url, {
        method: 'POST',
        headers: modernHeaders(),
        body: JSON.stringify(body),
      });
      return (await stream.json()) as Record<string, unknown>;
    };
    const first = (await call('state', {})) as { result: { requestState: string; resultType: string } };
    expect(first.result.resultType).toBe('input_required');
    const { requestState } = first.result;
    await desk.approve(requestState.split('.')[0]!);
    const forged = await call('state', { requestState: `${requestState.slice(0, -3)}abc` });
    expect(forged).toMatchObject({ error: { code: -32602 } });
    const carried = call('another call', { requestState, inputResponses: {} });
    await desk.deny(await waiting('another call'), 'not this one');
    expect(JSON.stringify(await carried)).toContain('not this one');
    expect(await desk.arrived()).toEqual([]);
  });
});
