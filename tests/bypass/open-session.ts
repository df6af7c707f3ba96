/** A session as a client opens it: initialize, and the notification after it. */
import { expect } from 'vitest';
import { rawPost } from '../kit/index.ts';

/** @returns the headers that a message in the session carries */
export async function openSession(
  url: string,
  token: string,
  protocolVersion: string,
): Promise<Record<string, string>> {
  const authorization = `Bearer ${token}`;
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'bypass', version: '1' } };
  const opened = await rawPost(
    url,
    JSON.stringify({ jsonrpc: '2.0', id: 'open', method: 'initialize', params }),
    { authorization },
  );
  expect(opened.json()).toMatchObject({ result: { protocolVersion } });
  const headers = { 'mcp-session-id': String(opened.headers['mcp-session-id']) };
  const ready = '{"jsonrpc":"2.0","method":"notifications/initialized"}';
  expect((await rawPost(url, ready, { authorization, ...headers })).status).toBe(202);
  return headers;
}
