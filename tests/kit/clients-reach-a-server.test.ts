import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  mcpRemote,
  mcporter,
  partFile,
  startFixture,
  stdioServer,
  textOf,
  v1Client,
  v1StdioClient,
  v2Client,
  type Fixture,
} from './index.ts';

describe('the clients of the kit', () => {
  let everything: Fixture;
  beforeAll(async () => {
    everything = await startFixture('everything');
  });
  afterAll(() => everything.stop());

  it('v1 calls a tool', async () => {
    const client = await v1Client(everything.url);
    expect(textOf(await client.callTool('test_simple_text'))).toContain('simple text');
    await client.close();
  });

  it.each([
    ['legacy', '2025-11-25'],
    ['auto', '2026-07-28'],
    ['modern', '2026-07-28'],
  ] as const)('v2 in mode %s speaks %s', async (mode, version) => {
    const client = await v2Client(everything.url, mode, { capabilities: { elicitation: {} } });
    expect(client.sdk.getNegotiatedProtocolVersion()).toBe(version);
    expect(textOf(await client.callTool('test_simple_text'))).toContain('simple text');
    await client.close();
  });

  it('mcp-remote passes its token and relays a call', async () => {
    await everything.clear();
    const peer = mcpRemote(everything.url, 'secret-token');
    await peer.initialize();
    expect(JSON.stringify((await peer.callTool('test_simple_text')).result)).toContain('simple text');
    await peer.process.stop();
    expect((await everything.log()).filter(({ method }) => method === 'POST')[0]?.headers.authorization).toBe(
      'Bearer secret-token',
    );
  });

  it('mcporter lists and calls', async () => {
    const client = await mcporter(everything.url, 'secret-token');
    expect((await client.list()).stdout).toContain('test_simple_text');
    const called = await client.call('test_simple_text');
    expect(called.code).toBe(0);
    expect(called.stdout).toContain('simple text');
  });
});

describe('the real servers of tests/parts', () => {
  it('answer on standard streams', async () => {
    const command = partFile('@modelcontextprotocol/server-everything/dist/index.js');
    const client = await v1StdioClient(process.execPath, [command]);
    expect(textOf(await client.callTool('echo', { message: 'hi' }))).toBe('Echo: hi');
    await client.close();
    const peer = stdioServer(process.execPath, [
      partFile('@modelcontextprotocol/server-memory/dist/index.js'),
    ]);
    expect((await peer.initialize()).result).toMatchObject({ protocolVersion: '2025-11-25' });
    expect(await peer.leave()).toMatchObject({ code: 0 });
  });
});
