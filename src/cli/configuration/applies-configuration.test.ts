import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortcullisError } from '../../errors.ts';
import {
  createPolicy,
  mintGrant,
  mintGrants,
  registerServer,
  revokeGrant,
  type Actor,
} from '../../registry/index.ts';
import { hashToken, openSecrets, serversOf, type Store } from '../../store/index.ts';
import { applyFile } from '../testing/apply-file.ts';
import { openBench, type Bench } from '../testing/run.ts';
import type { Installation } from '../installation.ts';
import { applyConfiguration } from './apply.ts';
import { planConfiguration } from './plan.ts';
import { readConfiguration } from './read-configuration.ts';

const DENY = { version: '1', default: 'deny' };
const ALLOW = { version: '1', default: 'allow' };
const TOKEN = 'alice-token-0123456789';
const API: Actor = { name: 'test', source: 'api' };

let bench: Bench;
let installation: Installation;
beforeEach(async () => {
  bench = await openBench();
  installation = await bench.open();
});
afterEach(async () => {
  await installation.store.close();
  await bench.close();
});

const apply = (configuration: object, variables: Record<string, string> = {}) =>
  applyFile(bench, installation, configuration, variables);

const base = (document: object = DENY, more: object = {}) => ({
  servers: [{ name: 'orgo', url: 'https://example.com/mcp', headers: { 'X-Key': '${ORGO_KEY}' }, ...more }],
  policies: [{ name: 'p', server: 'orgo', document }],
  grants: [{ label: 'alice', server: 'orgo', policy: 'p', token: TOKEN }],
});
const KEY = { ORGO_KEY: 'secret-key' };

describe('applying', () => {
  it.each(['', '\n', '# all of it is gone\n', 'null'])(
    'takes nothing away for a file that holds %j',
    async (text) => {
      await apply(base(), KEY);
      await expect(readConfiguration(await bench.file('portcullis.yaml', text), {})).rejects.toMatchObject({
        code: 'PC_CONFIG_INVALID',
        problems: [{ message: expect.stringContaining('is empty') as string }],
      });
      expect(await apply({ servers: [] })).toEqual(['- server orgo']);
    },
  );

  it('makes the database say what the file says, and then has nothing to do', async () => {
    expect(await apply(base(), KEY)).toEqual(['+ server orgo', '+ policy orgo/p', '+ grant orgo/alice']);
    const { store, registry } = installation;
    const server = (await store.servers.get('orgo'))!;
    expect(openSecrets(registry.box, server)).toEqual({ 'X-Key': 'secret-key' });
    const [grant] = await store.grants.list();
    expect(grant).toMatchObject({
      label: 'alice',
      source: 'config',
      tokenHash: hashToken(TOKEN),
      policyId: (await store.policies.list())[0]?.id,
    });
    const revision = await store.revision();
    expect(await apply(base(), KEY)).toEqual([]);
    expect(await store.revision()).toBe(revision);
  });

  it('mints thousands of grants in a few changes, in the order of the file', async () => {
    const labels = Array.from({ length: 2_500 }, (_, place) => `laptop ${place}`);
    const grants = labels.map((label) => ({
      label,
      server: 'orgo',
      policy: 'p',
      token: `token-of-a ${label}`.replaceAll(' ', '-'),
    }));
    await apply(base(), KEY);
    const { store, registry } = installation;
    const revision = await store.revision();
    expect(await apply({ ...base(), grants }, KEY)).toHaveLength(2_501);
    // Alice's went, too.
    expect((await store.revision()) - revision).toBe(4);
    const rows = await store.grants.list();
    expect(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ label }) => label)).toEqual(labels);
    const { items } = await store.events.page(registry.organization, { limit: 100 });
    expect(items.filter(({ action }) => action === 'grant.mint')).toHaveLength(100);
    expect(items[0]?.subject).toBe(rows.find(({ label }) => label === 'laptop 2499')?.id);
    expect(await apply({ ...base(), grants }, KEY)).toEqual([]);
  });

  it('mints all of what is minted together, or nothing', async () => {
    await apply(base(), KEY);
    const { store, registry } = installation;
    const events = async () => (await store.events.page(registry.organization, {})).items.length;
    const before = [await store.grants.list(), await store.revision(), await events()];
    const servers = [{ server: 'orgo' }];
    const wanted = [
      { label: 'first', servers },
      { label: 'second', servers, token: TOKEN },
    ];
    await expect(mintGrants(registry, API, wanted)).rejects.toMatchObject({ code: 'PC_API_CONFLICT' });
    expect([await store.grants.list(), await store.revision(), await events()]).toEqual(before);
  });

  it('changes what changed, and nothing else', async () => {
    await apply(base(), KEY);
    const [before] = await installation.store.grants.list();
    expect(await apply(base(ALLOW), KEY)).toEqual(['~ policy orgo/p (version 2)']);
    expect(await apply(base(ALLOW), { ORGO_KEY: 'other' })).toEqual(['~ server orgo (headers)']);
    expect(await installation.store.grants.list()).toEqual([before]);
  });

  it('removes what vanished, and leaves what others made', async () => {
    await apply(base(), KEY);
    const other = await registerServer(installation.registry, API, {
      name: 'other',
      target: { transport: 'http', url: 'https://other.example', headers: {} },
    });
    const orgo = (await installation.store.servers.get('orgo'))!;
    await mintGrant(installation.registry, API, orgo.id, { label: 'by api' });
    expect(await apply({ ...base(), grants: [] }, KEY)).toEqual(['- grant orgo/alice']);
    expect((await installation.store.grants.list()).map(({ label }) => label)).toEqual(['by api']);
    expect(await apply({})).toEqual(['- server orgo']);
    expect((await installation.store.servers.list()).map(({ id }) => id)).toEqual([other.id]);
  });

  it('mints a token once where the file gives none', async () => {
    const config = { ...base(), grants: [{ label: 'bob', server: 'orgo', policy: 'p', tags: ['a'] }] };
    await apply(config, KEY);
    const [before] = await installation.store.grants.list();
    expect(await apply(config, KEY)).toEqual([]);
    await apply({ ...config, grants: [{ ...config.grants[0], tags: ['b'] }] }, KEY);
    const [after] = await installation.store.grants.list();
    expect(after).toMatchObject({ id: before!.id, tokenHash: before!.tokenHash, tags: ['b'] });
  });

  it('lets tokens change hands', async () => {
    const grants = (first: string, second: string) => [
      { label: 'a', server: 'orgo', policy: 'p', token: first },
      { label: 'b', server: 'orgo', policy: 'p', token: second },
    ];
    const [one, two] = ['token-number-one-1', 'token-number-two-2'];
    await apply({ ...base(), grants: grants(one!, two!) }, KEY);
    await apply({ ...base(), grants: grants(two!, one!) }, KEY);
    const hashes = new Map(
      (await installation.store.grants.list()).map(({ label, tokenHash }) => [label, tokenHash]),
    );
    expect(hashes).toEqual(
      new Map([
        ['a', hashToken(two!)],
        ['b', hashToken(one!)],
      ]),
    );
  });

  it('does not bring back what was revoked', async () => {
    await apply(base(), KEY);
    const [grant] = await installation.store.grants.list();
    await revokeGrant(installation.registry, API, grant!.id);
    const plan = await planConfiguration(
      installation.registry,
      await readConfiguration(await bench.file('portcullis.yaml', base(ALLOW)), KEY),
    );
    expect(plan.warnings.join()).toContain('was revoked and stays so');
    await applyConfiguration(installation.registry, plan);
    expect((await installation.store.grants.get(grant!.id))?.revokedAt).not.toBeNull();
  });
});

describe('the order', () => {
  /** What a node that reads between two steps could see of the grant's rules and target. */
  async function states(after: object): Promise<string[]> {
    await apply(base(ALLOW), KEY);
    const { store } = installation;
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      const [server] = await store.servers.list();
      for (const { policyId } of await store.grants.list()) {
        const policy = policyId === null ? undefined : await store.policies.get(policyId);
        seen.push(
          policy === undefined
            ? 'denied'
            : `${(policy.document as { default: string }).default} at ${server?.url}`,
        );
      }
    };
    const watched = { ...installation.registry, store: watching(store, look) };
    const read = await readConfiguration(await bench.file('portcullis.yaml', after), KEY);
    await applyConfiguration(watched, await planConfiguration(watched, read));
    return seen;
  }

  it('never shows new rules with the old target, or old rules with the new one', async () => {
    const seen = await states(base(DENY, { url: 'https://production.example/mcp' }));
    expect(seen).not.toContain('allow at https://production.example/mcp');
    expect(seen).not.toContain('deny at https://example.com/mcp');
    expect(seen).toContain('denied');
    expect(seen.at(-1)).toBe('deny at https://production.example/mcp');
  });

  it('ends grants before anything else changes', async () => {
    const seen = await states({ ...base(DENY), grants: [] });
    expect(seen).toEqual([]);
  });
});

/** Looks after every change of a row. */
function watching(store: Store, look: () => Promise<void>): Store {
  const watched = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== 'function' || /^(list|pages|get|versions|retired|ofFile)$/.test(String(name)))
          return member;
        return async (...args: unknown[]) => {
          const result: unknown = await (member as (...given: unknown[]) => unknown).apply(target, args);
          await look();
          return result;
        };
      },
    });
  return {
    ...store,
    servers: watched(store.servers),
    policies: watched(store.policies),
    grants: watched(store.grants),
  };
}

describe('a configuration that cannot be applied', () => {
  const problems = async (configuration: object | string, variables: Record<string, string> = KEY) => {
    const path = await bench.file('portcullis.yaml', configuration);
    try {
      await planConfiguration(installation.registry, await readConfiguration(path, variables));
    } catch (error) {
      expect(error).toBeInstanceOf(PortcullisError);
      expect((error as PortcullisError).code).toBe('PC_CONFIG_INVALID');
      return (error as PortcullisError).problems;
    }
    throw new Error('it was accepted');
  };
  const messages = async (configuration: object | string, variables?: Record<string, string>) =>
    (await problems(configuration, variables))
      .map(({ pointer, message }) => `${pointer} ${message}`)
      .join('\n');

  it('names what others hold', async () => {
    const { registry } = installation;
    const server = await registerServer(registry, API, {
      name: 'orgo',
      target: { transport: 'http', url: 'https://a.example', headers: {} },
    });
    expect(await messages(base())).toContain('/servers/0 the server orgo was registered by the API');
    await createPolicy(registry, API, server.id, { name: 'x', document: DENY });
    await mintGrant(registry, API, server.id, { label: 'other', token: TOKEN });
    expect(
      await messages({
        ...base(),
        servers: [{ name: 'new', url: 'https://n.example' }],
        policies: [{ name: 'p', server: 'new', document: DENY }],
        grants: [{ label: 'a', server: 'new', policy: 'p', token: TOKEN }],
      }),
    ).toContain('/grants/0/token this token belongs to the grant other of orgo');
  });

  it('tells all problems, with line and column, and what may have been meant', async () => {
    const found = await problems(
      'servers:\n  - name: a\n    ulr: https://a.example\npolicies:\n  - { name: p, server: a, docment: {} }\ngrant: []\n',
    );
    const unknown = found.filter(({ message }) => message.startsWith('unknown'));
    expect(unknown).toMatchObject([
      {
        pointer: '/servers/0/ulr',
        line: 3,
        column: 5,
        message: expect.stringContaining('did you mean url?'),
      },
      { pointer: '/policies/0/docment', line: 5, message: expect.stringContaining('did you mean document?') },
      { pointer: '/grant', line: 6, message: expect.stringContaining('did you mean grants?') },
    ]);
  });

  it('tells wrong members from missing ones', async () => {
    expect(await messages('servers: 7\ngrants: [{ label: a, server: b }]')).toBe(
      '/servers expected a list\n/grants/0/policy is missing',
    );
  });

  it('names missing variables, and leaves escaped ones and policies alone', async () => {
    expect(await messages(base(), {})).toBe('/servers/0/headers/X-Key the variable ORGO_KEY is not set');
    const config = {
      servers: [{ name: 'a', url: 'https://a.example', headers: { 'X-A': '$${HOME}' } }],
      policies: [{ name: 'p', server: 'a', document: { ...DENY, description: '${NOT_ONE}' } }],
    };
    const read = await readConfiguration(await bench.file('portcullis.yaml', config), {});
    expect(read.servers[0]?.target).toMatchObject({ headers: { 'X-A': '${HOME}' } });
    expect(read.policies[0]?.document.description).toBe('${NOT_ONE}');
  });

  it('points into policy files', async () => {
    await bench.file('p.yaml', 'version: "1"\ndefault: deny\ntolls: {}\n');
    const text = await messages({
      servers: [{ name: 'a', url: 'https://a.example' }],
      policies: [
        { name: 'p', server: 'a', file: 'p.yaml' },
        { name: 'q', server: 'a', file: 'none.json' },
      ],
    });
    expect(text).toMatch(/\/policies\/0\/file p\.yaml:3:\d+ \/tolls /);
    expect(text).toContain('/policies/1/file none.json cannot be read (ENOENT)');
  });

  it('refuses what would be ambiguous', async () => {
    const text = await messages({
      servers: [
        { name: 'a', url: 'https://a.example', command: ['x'] },
        { name: 'A', url: 'https://b.example' },
        { name: 'c', command: ['x'], headers: { 'X-A': '1' } },
      ],
      policies: [],
      grants: [],
    });
    expect(text).toContain('/servers/0 needs either url or command');
    expect(text).toContain('/servers/2/headers headers goes with url');
    const later = await messages({
      servers: [
        { name: 'a', url: 'https://a.example' },
        { name: 'A', url: 'https://b.example' },
      ],
      grants: [
        { label: 'g', server: 'a', policy: 'none' },
        { label: 'g', server: 'b', policy: 'none', token: 'short' },
      ],
    });
    expect(later).toContain('/servers/1/name another server has the address a');
    expect(later).toContain('/grants/0/policy the server a has no policy "none" in this file');
    expect(later).toContain('/grants/1/server there is no server "b" in this file');
    expect(later).toContain('/grants/1/token A token has 16');
  });
});

describe('a grant for several servers', () => {
  const two = (grant: object, servers: readonly string[] = ['orgo', 'files']) => ({
    servers: servers.map((name) => ({ name, url: `https://${name}.example.com/mcp` })),
    policies: servers.flatMap((server) => [
      { name: 'p', server, document: DENY },
      { name: 'q', server, document: ALLOW },
    ]),
    grants: [{ label: 'alice', token: TOKEN, ...grant }],
  });
  const reached = async () => {
    const { store } = installation;
    const [grant] = await store.grants.list();
    const slugs = new Map((await store.servers.list()).map(({ id, slug }) => [id, slug]));
    const names = new Map((await store.policies.list()).map(({ id, name }) => [id, name]));
    return serversOf(grant!).map(
      ({ serverId, policyId }) => `${slugs.get(serverId)} ${names.get(policyId ?? '')}`,
    );
  };

  it('takes one policy name for all, or one for each, and then has nothing to do', async () => {
    await apply(two({ servers: ['orgo', 'files'], policy: 'p' }));
    expect(await reached()).toEqual(['orgo p', 'files p']);
    const apart = two({ servers: ['orgo', { server: 'files', policy: 'q' }], policy: 'p' });
    expect(await apply(apart)).toEqual(['~ grant orgo/alice (servers)']);
    expect(await reached()).toEqual(['orgo p', 'files q']);
    expect(await apply(apart)).toEqual([]);
    expect(await apply(two({ server: 'orgo', policy: 'p' }))).toEqual(['~ grant orgo/alice (servers)']);
    expect(await reached()).toEqual(['orgo p']);
  });

  it('does not live on when its first server leaves the file', async () => {
    await apply(two({ servers: ['orgo', 'files'], policy: 'p' }));
    const left = { ...two({ server: 'files', policy: 'q' }, ['files']), grants: [] };
    expect(await apply(left)).toContain('- grant orgo/alice');
    expect(await installation.store.grants.list()).toEqual([]);
  });

  it.each([
    [{ servers: ['orgo', 'nobody'], policy: 'p' }, 'nobody'],
    [{ servers: ['orgo', 'orgo'], policy: 'p' }, 'stands twice'],
    [{ servers: ['orgo', { server: 'files', policy: 'nothing' }], policy: 'p' }, 'nothing'],
    [{ server: 'orgo', servers: ['files'], policy: 'p' }, 'goes without server'],
    [{ servers: ['orgo', 'files'] }, 'is missing'],
    [{ policy: 'p' }, 'is missing'],
  ])('%j is refused', async (grant, said) => {
    const error = await apply(two(grant)).catch((thrown: unknown) => thrown);
    expect(JSON.stringify((error as PortcullisError).problems)).toContain(said);
  });
});
