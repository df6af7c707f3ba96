import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintGrant, registerServer, startGateway, type TestGateway } from '../kit/index.ts';
import { rawRequest } from '../kit/raw-http.ts';

const CLIENT = '203.0.113.7';

async function restricted(
  gateway: TestGateway,
  name = 'a',
): Promise<(headers?: Record<string, string | string[]>) => Promise<string>> {
  const server = await registerServer(gateway, { name, url: 'http://127.0.0.1:9/mcp' });
  const input = { label: 'g', allowedAddresses: ['203.0.113.0/24'], owner: 'Ada' };
  const { token } = await mintGrant(gateway, server.id, input);
  return async (headers = {}) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
    const { text } = await rawRequest(`${gateway.url}/mcp/${server.id}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'content-length': Buffer.byteLength(body),
        ...headers,
      },
      body,
    });
    return text;
  };
}

it('refuses a grant from elsewhere, whatever the request claims', async () => {
  const gateway = await startGateway();
  try {
    const call = await restricted(gateway);
    expect(await call()).toContain('PC_ADDRESS_FORBIDDEN');
    expect(await call({ 'x-forwarded-for': CLIENT })).toContain('PC_ADDRESS_FORBIDDEN');
  } finally {
    await gateway.stop();
  }
}, 60_000);

describe('behind a proxy that the operator trusts', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ env: { PORTCULLIS_TRUSTED_PROXIES: '127.0.0.0/8' } });
  }, 60_000);
  afterAll(() => gateway.stop());

  it('believes it', async () => {
    const call = await restricted(gateway);
    expect(await call({ 'x-forwarded-for': CLIENT })).not.toContain('PC_ADDRESS_FORBIDDEN');
    expect(await call({ 'x-forwarded-for': `${CLIENT}, 198.51.100.1` })).toContain('PC_ADDRESS_FORBIDDEN');
    expect(await call()).toContain('PC_ADDRESS_FORBIDDEN');
  });

  it('believes it after however many headers', async () => {
    const call = await restricted(gateway, 'b');
    const many = Array<string>(1500).fill('');
    const usual = await call({ 'x-forwarded-for': CLIENT });
    expect(await call({ a: many, 'x-forwarded-for': CLIENT })).toBe(usual);
  });

  it('counts the guesses of an IPv6 network together, whichever of its addresses they come from', async () => {
    const guess = async (address: string): Promise<number> => {
      const headers = { 'x-forwarded-for': address };
      return (await rawRequest(`${gateway.url}/api/v1/join/guess`, { headers })).status;
    };
    const many = Array.from({ length: 100 }, (_, index) => guess(`2001:db8:0:7::${index + 1}`));
    expect(new Set(await Promise.all(many))).toEqual(new Set([403]));
    expect(await guess('2001:db8:0:7:1:2:3:4')).toBe(429);
    expect(await guess('2001:db8:0:8::1')).toBe(403);
  });
});
