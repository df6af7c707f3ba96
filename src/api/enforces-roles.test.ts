import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintApiKey, removeApiKey, ROLES, type Role } from '../registry/index.ts';
import { openApi, type OpenApi } from './testing/open-api.ts';
import { request } from './testing/request.ts';
import { sseLines } from '../../tests/kit/sse-lines.ts';

const DENY = { version: '1', default: 'deny' };

type Cell = [what: string, least: Role, method: string, path: string, body?: object];

/** What the role matrix names, and who may. Ids are filled in. */
const CELLS: Cell[] = [
  ['view servers', 'viewer', 'GET', '/servers'],
  ['view a server', 'viewer', 'GET', '/servers/{server}'],
  ['view tools', 'viewer', 'GET', '/servers/{server}/tools'],
  ['view policies', 'viewer', 'GET', '/servers/{server}/policies'],
  ['view a policy', 'viewer', 'GET', '/policies/{policy}'],
  ['view versions', 'viewer', 'GET', '/policies/{policy}/versions'],
  ['view grant labels', 'viewer', 'GET', '/servers/{server}/grants'],
  ['view a grant', 'viewer', 'GET', '/grants/{grant}'],
  ['view logs', 'viewer', 'GET', '/decisions'],
  ['check a policy', 'viewer', 'POST', '/policies/validate', { document: DENY }],
  ['explain', 'viewer', 'POST', '/policies/explain', { document: DENY, tool: 'a' }],
  ['evaluate', 'viewer', 'POST', '/evaluate', { policy: DENY, tool: 'a' }],
  ['classify', 'viewer', 'POST', '/catalog/classify', { tools: [{ name: 'a' }] }],
  [
    'create policies',
    'policy_manager',
    'POST',
    '/servers/{server}/policies',
    { name: '{new}', document: DENY },
  ],
  ['edit policies', 'policy_manager', 'PUT', '/policies/{policy}', { document: DENY }],
  ['roll back policies', 'policy_manager', 'POST', '/policies/{policy}/rollback', { version: 1 }],
  ['attach policies to grants', 'policy_manager', 'PATCH', '/grants/{grant}', { policyId: null }],
  [
    'change the class of a tool',
    'policy_manager',
    'PATCH',
    '/servers/{server}/tools/a',
    { classOverride: 'Read' },
  ],
  ['relabel grants', 'admin', 'PATCH', '/grants/{grant}', { label: 'new' }],
  ['extend grants', 'admin', 'PATCH', '/grants/{grant}', { expiresAt: null, policyId: null }],
  ['mint grants', 'admin', 'POST', '/servers/{server}/grants', { label: 'a' }],
  ['rotate grants', 'admin', 'POST', '/grants/{grant}/rotate'],
  ['reveal grants', 'admin', 'POST', '/grants/{grant}/reveal'],
  ['create servers', 'admin', 'POST', '/servers', { name: '{new}', url: 'https://example.com' }],
  ['edit servers', 'admin', 'PATCH', '/servers/{server}', { url: 'https://example.org' }],
  ['disconnect servers', 'admin', 'POST', '/servers/{server}/disconnect'],
  ['view the admin audit log', 'admin', 'GET', '/events'],
  ['revoke grants', 'admin', 'DELETE', '/grants/{grant}'],
  ['delete policies', 'policy_manager', 'DELETE', '/policies/{policy}'],
  ['delete servers', 'admin', 'DELETE', '/servers/{server}'],
];

let api: OpenApi;
/** For those who are refused: it stays as it is. */
let standing: Record<string, string>;
const keys = new Map<Role, string>();
beforeAll(async () => {
  api = await openApi();
  for (const role of ROLES) keys.set(role, await api.keyFor(role));
  standing = await fresh();
});
afterAll(() => api.close());

let count = 0;
async function fresh(): Promise<Record<string, string>> {
  count++;
  const server = (
    await api.call<{ id: string }>('POST', '/servers', {
      name: `server ${count}`,
      url: 'https://example.com',
    })
  ).body.id;
  const policy = (
    await api.call<{ id: string }>('POST', `/servers/${server}/policies`, { name: 'p', document: DENY })
  ).body.id;
  const grant = (
    await api.call<{ id: string }>('POST', `/servers/${server}/grants`, { label: 'g', policyId: policy })
  ).body.id;
  const tool = {
    name: 'a',
    definition: '{"name":"a"}',
    digest: 'd',
    class: 'Read',
    classes: ['Read'],
    severity: 'Low',
    assessment: {},
  };
  await api.store.tools.upsert(server, [tool], 0);
  await api.opened.gateway.reload();
  return { server, policy, grant, new: `new ${count}` };
}

const filled = (text: string, ids: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole);

describe.each(CELLS)('%s (%s)', (...cell) => {
  const [, least, method, path, body] = cell as Cell;
  it.each(ROLES)('as %s', async (role) => {
    const may = ROLES.indexOf(role) >= ROLES.indexOf(least);
    const ids = may ? await fresh() : standing;
    const sent = body === undefined ? undefined : JSON.parse(filled(JSON.stringify(body), ids));
    const answer = await api.call<{ code?: string }>(method, filled(path, ids), sent, {
      authorization: `Bearer ${keys.get(role)}`,
    });
    if (may) expect([200, 201, 204]).toContain(answer.status);
    else expect([answer.status, answer.body.code]).toEqual([403, 'PC_API_FORBIDDEN']);
  });
});

describe('streams', () => {
  const actor = { name: 'test', source: 'cli' } as const;
  const opened = async (path: string) => {
    const { row, key } = await mintApiKey(api.registry, actor, { label: 'reader', role: 'viewer' });
    const stream = await sseLines(`${api.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(stream.status).toBe(200);
    return { row, stream };
  };

  it.each(['/decisions/stream', '/approvals/stream'])('end with the key: %s', async (path) => {
    const { row, stream } = await opened(path);
    await removeApiKey(api.registry, actor, row.id);
    await stream.ended;
  });

  it('end when a server is hidden from whoever reads, and for nobody else', async () => {
    const { server } = await fresh();
    const [named, other] = [await opened('/decisions/stream'), await opened('/decisions/stream')];
    await api.call('PUT', `/servers/${server}/members`, { members: [named.row.id] });
    let ended = false;
    void named.stream.ended.then(() => (ended = true));
    await other.stream.ended;
    expect(ended).toBe(false);
    named.stream.close();
  });
});

describe('keys', () => {
  const status = async (authorization?: string) =>
    (
      await request(
        `${api.url}/api/v1/servers`,
        'GET',
        undefined,
        authorization === undefined ? {} : { authorization },
      )
    ).status;

  it('are asked for, and must be right', async () => {
    const none = await request(`${api.url}/api/v1/servers`);
    expect(none).toMatchObject({ status: 401, body: { code: 'PC_API_UNAUTHORIZED' } });
    expect(none.headers['www-authenticate']).toContain('Bearer');
    for (const wrong of [
      'Bearer ',
      'Bearer x',
      `Bearer ${api.adminKey}x`,
      `Basic ${api.adminKey}`,
      api.adminKey,
    ])
      expect(await status(wrong)).toBe(401);
    expect(await status(`Bearer ${api.adminKey}`)).toBe(200);
  });

  it('end when they are removed, or their time is over', async () => {
    const actor = { name: 'test', source: 'cli' } as const;
    const { row, key } = await mintApiKey(api.registry, actor, { label: 'short', role: 'viewer' });
    await expect.poll(() => status(`Bearer ${key}`)).toBe(200);
    await removeApiKey(api.registry, actor, row.id);
    await expect.poll(() => status(`Bearer ${key}`)).toBe(401);
    const soon = { label: 'over', role: 'viewer', expiresAt: Date.now() + 1000 } as const;
    const over = await mintApiKey(api.registry, actor, soon);
    expect(await status(`Bearer ${over.key}`)).toBe(200);
    await expect.poll(() => status(`Bearer ${over.key}`), { timeout: 5000 }).toBe(401);
    await expect(mintApiKey(api.registry, actor, { ...soon, expiresAt: Date.now() })).rejects.toMatchObject({
      problems: [{ pointer: '/expiresAt' }],
    });
  });
});
