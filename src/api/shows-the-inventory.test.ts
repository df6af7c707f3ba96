import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type OpenApi } from './testing/open-api.ts';

let api: OpenApi;
beforeAll(async () => (api = await openApi()));
afterAll(() => api.close());

describe('the inventory', () => {
  it('has each server with its tools, policies and grants, and neither definitions nor tokens', async () => {
    const { body: server } = await api.call('POST', '/servers', {
      name: 'Shop',
      url: 'http://127.0.0.1:9/mcp',
    });
    const id = String(server['id']);
    const tool = { name: 'pay', definition: '{"name":"pay","description":"SECRETWORD"}', digest: 'a' };
    const judged = {
      class: 'Financial',
      classes: ['Write', 'Financial'],
      severity: 'Critical',
      assessment: null,
    };
    await api.store.tools.upsert(id, [{ ...tool, ...judged }], 1);
    const { body: policy } = await api.call('POST', `/servers/${id}/policies`, {
      name: 'p',
      document: { version: '1', default: 'deny' },
    });
    const { body: grant } = await api.call('POST', `/servers/${id}/grants`, {
      label: 'g',
      policyId: policy['id'],
    });
    const answer = await api.call<{ items: Record<string, unknown>[] }>('GET', '/inventory');
    expect(answer.status).toBe(200);
    expect(answer.body.items).toMatchObject([
      {
        server: { id },
        tools: [{ name: 'pay', class: 'Financial', drifted: false }],
        policies: [{ name: 'p' }],
        grants: [{ label: 'g', policyId: policy['id'] }],
      },
    ]);
    const text = JSON.stringify(answer.body);
    expect(text).not.toContain('SECRETWORD');
    expect(text).not.toContain(String(grant['token']));
  });
});
