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

  it('shows every change at once: of servers, policies, grants, tools, and what servers list', async () => {
    const inventory = async () => JSON.stringify((await api.call('GET', '/inventory')).body);
    const { body: server } = await api.call('POST', '/servers', { name: 'New', url: 'http://127.0.0.1:9/x' });
    const id = String(server['id']);
    let before = await inventory();
    expect(before).toContain(id);
    expect(await inventory()).toBe(before);
    const tool = { name: 'later', definition: '{"name":"later"}', digest: 'a', class: 'Read' };
    const listed = { ...tool, classes: ['Read'], severity: 'Low', assessment: null };
    const changes = [
      () => api.store.tools.upsert(id, [listed], 2),
      () => api.store.tools.upsert(id, [{ ...listed, digest: 'b' }], 3),
      () => api.store.tools.repin(id, 'later'),
      () => api.store.tools.override(id, 'later', 'Write'),
      () => api.call('PATCH', `/servers/${id}`, { name: 'Renamed' }),
      () =>
        api.call('POST', `/servers/${id}/policies`, {
          name: 'q',
          document: { version: '1', default: 'deny' },
        }),
      () => api.call('DELETE', `/servers/${id}`),
    ];
    for (const change of changes) {
      await change();
      const after = await inventory();
      expect(after, String(change)).not.toBe(before);
      before = after;
    }
    expect(before).not.toContain(id);
  });
});
