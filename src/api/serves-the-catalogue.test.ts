import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCatalog } from '../catalog/index.ts';
import { openApi, type OpenApi } from './testing/open-api.ts';

let api: OpenApi;
beforeAll(async () => {
  api = await openApi();
  await openCatalog(api.store).put([
    {
      slug: 'acme-mail',
      title: 'Acme Mail',
      language: 'typescript',
      transports: ['stdio'],
      tools: [
        { name: 'list_messages', description: 'Lists messages.' },
        { name: 'delete_message', description: 'Permanently deletes a message.' },
      ],
      source: { source: 'tools-list', url: null, at: 1 },
    },
  ]);
});
afterAll(() => api.close());

it('finds servers and tools by words and facets', async () => {
  const servers = await api.call<{ items: { slug: string }[] }>(
    'GET',
    '/catalog/search?q=mail&class=Destructive',
  );
  expect(servers.body.items.map(({ slug }) => slug)).toEqual(['acme-mail']);
  const tools = await api.call<{ items: unknown[] }>('GET', '/catalog/search?kind=tools&severity=Critical');
  expect(tools.body.items).toEqual([
    {
      server: { slug: 'acme-mail', title: 'Acme Mail' },
      name: 'delete_message',
      title: null,
      class: 'Destructive',
      severity: 'Critical',
      signals: [],
    },
  ]);
  expect((await api.call('GET', '/catalog/search?class=Nothing')).status).toBe(422);
  expect((await api.call('GET', '/catalog/search?cursor=x')).status).toBe(422);
});

it('shows a server with the policy that fits it', async () => {
  const { body } = await api.call('GET', '/catalog/servers/acme-mail');
  expect(body).toMatchObject({
    toolCount: 2,
    severity: 'Critical',
    policy: { version: '1', hide: ['delete_message'] },
  });
  expect((await api.call('GET', '/catalog/servers/other')).status).toBe(404);
});

it('lets a policy manager override a class', async () => {
  const path = '/catalog/servers/acme-mail/tools/list_messages';
  const viewer = { authorization: `Bearer ${await api.keyFor('viewer')}` };
  expect((await api.call('PUT', `${path}/override`, { class: 'Execute' }, viewer)).status).toBe(403);
  const { body } = await api.call('PUT', `${path}/override`, { class: 'Execute' });
  expect(body).toMatchObject({ class: 'Execute', severity: 'High', classOverride: 'Execute' });
  expect((await api.call('GET', path)).body).toMatchObject({ class: 'Execute', classes: ['Read'] });
  expect((await api.call('PUT', `${path}/override`, { class: null })).body).toMatchObject({ class: 'Read' });
});

it('classifies with the server’s description and the other tools', async () => {
  const tools = ['list', 'add', 'find', 'text'].map((verb) => ({ name: `run_notes_${verb}` }));
  const classes = async (body: object): Promise<string[]> => {
    const answer = await api.call<{ items: { class: string }[] }>('POST', '/catalog/classify', body);
    return answer.body.items.map((item) => item.class);
  };
  expect(await classes({ tools: tools.slice(3) })).toEqual(['Execute']);
  expect((await classes({ tools }))[3]).not.toBe('Execute');
  const zorp = [{ name: 'zorp' }];
  expect(await classes({ tools: zorp, server: { description: 'Remote terminal' } })).toEqual(['Execute']);
  expect(await classes({ tools: zorp, server: 'notes' })).not.toEqual(['Execute']);
});
