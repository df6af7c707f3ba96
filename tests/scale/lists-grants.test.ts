import { expect, it, onTestFinished } from 'vitest';
import { storeOver } from '../../src/store/open-store.ts';
import { openSqliteHandle } from '../../src/store/sqlite/handle.ts';
import { sqliteBackend } from '../../src/store/sqlite/open.ts';
import { freshStore, onEveryDatabase } from '../../src/store/testing/databases.ts';
import { fillGrants, orderedId } from '../../src/store/testing/fill-grants.ts';
import type { Store } from '../../src/store/index.ts';
import { openApi, type OpenApi } from '../../src/api/testing/open-api.ts';

interface Listed {
  readonly items: readonly { readonly id: string; readonly label: string }[];
  readonly nextCursor: string | null;
}

async function opened(store: Store): Promise<OpenApi> {
  const api = await openApi(store);
  onTestFinished(() => api.close());
  return api;
}

async function addServer(api: OpenApi, name: string): Promise<string> {
  const { body } = await api.call('POST', '/servers', { name, url: 'http://127.0.0.1:9/mcp' });
  return String(body['id']);
}

async function mint(api: OpenApi, servers: readonly string[], more: object = {}): Promise<string> {
  const reached = servers.map((server) => ({ server }));
  const { body } = await api.call('POST', '/grants', { label: 'g', servers: reached, ...more });
  return String(body['id']);
}

async function ids(api: OpenApi, path: string, headers: Record<string, string> = {}): Promise<string[]> {
  const { status, body } = await api.call<Listed>('GET', path, undefined, headers);
  expect(status, path).toBe(200);
  return body.items.map(({ id }) => id);
}

await onEveryDatabase('lists of grants', (database) => {
  // The store is the API's to close.
  const openedApi = async (): Promise<OpenApi> => opened(await freshStore(database));

  it('go on where a page ended, while grants are minted and revoked', async () => {
    const api = await openedApi();
    const server = await addServer(api, 'Shop');
    const minted: string[] = [];
    for (let place = 0; place < 9; place += 1) minted.push(await mint(api, [server]));
    for (const path of ['/grants', `/servers/${server}/grants`]) {
      const before = await ids(api, path);
      if (path === '/grants') expect(before).toEqual(minted.toReversed());
      else expect(before.slice(0, 9)).toEqual(minted);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body }: { body: Listed } = await api.call<Listed>(
          'GET',
          `${path}?limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.nextCursor;
        await mint(api, [server]);
        await api.call('DELETE', `/grants/${seen.at(-1)}`);
      }
      // Those that come after the page are seen as well, each once.
      expect(seen.slice(0, before.length)).toEqual(before);
      expect(new Set(seen).size).toBe(seen.length);
      if (path === '/grants') expect(seen).toEqual(before);
    }
  });

  it('take filters by server, policy, state and words, and refuse others', async () => {
    const api = await openedApi();
    const [shop, mail] = [await addServer(api, 'Shop'), await addServer(api, 'Mail')];
    const { body: policy } = await api.call('POST', `/servers/${shop}/policies`, {
      name: 'p',
      document: { version: '1', default: 'deny' },
    });
    const carried = await mint(api, [shop], {
      servers: [{ server: shop, policyId: policy['id'] }],
      owner: 'Zoë',
    });
    const both = await mint(api, [shop, mail], { tags: ['Team-7'] });
    const revoked = await mint(api, [mail], { label: 'Old laptop' });
    await api.call('DELETE', `/grants/${revoked}`);
    expect(await ids(api, '/grants?server=mail')).toEqual([revoked, both]);
    expect(await ids(api, '/servers/mail/grants?state=active')).toEqual([both]);
    expect(await ids(api, '/servers/mail/grants')).toEqual([both, revoked]);
    expect(await ids(api, `/grants?policy=${policy['id']}`)).toEqual([carried]);
    expect(await ids(api, '/grants?policy=none&state=active')).toEqual([both]);
    expect(await ids(api, '/grants?text=ZO%C3%8B')).toEqual([carried]);
    expect(await ids(api, '/grants?text=team-7')).toEqual([both]);
    expect(await ids(api, '/grants?text=MAIL')).toEqual([revoked]);
    expect(await ids(api, '/grants?text=laptop&state=revoked')).toEqual([revoked]);
    expect(await ids(api, '/grants?text=laptop&state=active')).toEqual([]);
    for (const [query, pointer] of [
      ['state=old', '/state'],
      ['text=', '/text'],
      ['label=x', '/label'],
      ['cursor=x', '/cursor'],
    ] as const) {
      const { status, body } = await api.call('GET', `/grants?${query}`);
      expect([query, status, (body['errors'] as { pointer: string }[])[0]?.pointer]).toEqual([
        query,
        422,
        pointer,
      ]);
    }
    expect((await api.call('GET', '/grants?server=none')).status).toBe(404);
  });

  it('show and count nothing of servers that are hidden from whoever asks', async () => {
    const api = await openedApi();
    const [shop, secret] = [await addServer(api, 'Shop'), await addServer(api, 'Secret')];
    const own = await mint(api, [shop]);
    await mint(api, [shop, secret]);
    await mint(api, [secret]);
    await api.call('PUT', `/servers/${secret}/members`, { members: [] });
    const viewer = { authorization: `Bearer ${await api.keyFor('viewer')}` };
    expect(await ids(api, '/grants', viewer)).toEqual([own]);
    expect(await ids(api, '/grants?text=secret', viewer)).toEqual([]);
    expect((await api.call('GET', '/grants?server=secret', undefined, viewer)).status).toBe(404);
    type Answer = { items: { grants: { id: string }[]; grantCounts: { active: number }[] }[] };
    const { body } = await api.call<Answer>('GET', '/inventory', undefined, viewer);
    expect(body.items).toMatchObject([{ grants: [{ id: own }], grantCounts: [{ active: 1, total: 1 }] }]);
    expect(body.items).toHaveLength(1);
    const { body: all } = await api.call<Answer>('GET', '/inventory');
    expect(all.items.map(({ grantCounts }) => grantCounts[0]?.active)).toEqual([2, 2]);
  });
});

it('read as many rows of nine thousand grants as of three thousand, also directly after one was minted', async () => {
  const costs = async (count: number) => {
    const handle = await openSqliteHandle(':memory:');
    const read = { statements: 0, rows: 0 };
    const { prepare } = handle;
    handle.prepare = (text) => {
      const statement = prepare.call(handle, text);
      return {
        run(parameters) {
          const result = statement.run(parameters);
          // Others are the gateway's own, now and then.
          if (/\b"?(from|join)"? "?grants"?\b/.test(text)) {
            read.statements += 1;
            read.rows += result.rows.length;
          }
          return result;
        },
      };
    };
    const api = await opened(await storeOver(sqliteBackend(handle), Date.now));
    const server = await addServer(api, 'Shop');
    await fillGrants(api.store, server, count);
    await mint(api, [server]);
    await api.call('GET', '/inventory');
    const cost = async (what: () => Promise<unknown>) => {
      Object.assign(read, { statements: 0, rows: 0 });
      await what();
      return { ...read };
    };
    return [
      await cost(() => mint(api, [server])),
      await cost(() => api.call('GET', '/inventory')),
      await cost(() => api.call('GET', '/grants')),
      await cost(() => api.call('GET', '/grants?limit=7&server=shop&state=active&policy=none')),
      await cost(() => api.call('DELETE', `/grants/${orderedId(1)}`)),
      await cost(() => api.call('PATCH', `/servers/${server}`, { name: 'Renamed' })),
    ];
  };
  const [few, many] = [await costs(3_000), await costs(9_000)];
  for (const { rows } of many) expect(rows).toBeLessThan(100);
  expect(many).toEqual(few);
});
