import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSecretBox, openStore, type Store } from '../store/index.ts';
import { confirm } from './confirm.ts';
import { openRegistry, type Registry } from './registry.ts';
import { registerServer } from './servers.ts';

let home = '';
let store: Store;
let registry: Registry;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-registry-'));
  store = await openStore(`sqlite:${join(home, 'test.db')}`);
  registry = await openRegistry({ store, box: createSecretBox(randomBytes(32)) });
});
afterEach(async () => {
  await store.close();
  await rm(home, { recursive: true });
});

const change = (name: string) => () =>
  registerServer(
    registry,
    { name: 'test', source: 'cli' },
    { name, target: { transport: 'http', url: 'https://a.example', headers: {} } },
  );

it('is confirmed at once where no node runs', async () => {
  expect(await confirm(registry, change('a'))).toMatchObject({ confirmed: true, value: { slug: 'a' } });
});

it('tells when a live node does not act on a change in time; the change stands', async () => {
  await store.nodes.announce({ id: 'stuck', appliedRevision: 0, at: Date.now() });
  expect(await confirm(registry, change('b'), 50)).toMatchObject({ confirmed: false });
  expect(await store.servers.get('b')).toBeDefined();
});

it('resolves only after the node has caught up', async () => {
  await store.nodes.announce({ id: 'slow', appliedRevision: 0, at: Date.now() });
  let caughtUp = false;
  store.onChange((appliedRevision) => {
    caughtUp = true;
    void store.nodes.announce({ id: 'slow', appliedRevision, at: Date.now() });
  });
  expect(await confirm(registry, change('c'))).toMatchObject({ confirmed: true });
  expect(caughtUp).toBe(true);
});

it('writes down who changed what, without secrets', async () => {
  const target = {
    transport: 'http',
    url: 'https://a.example',
    headers: { 'X-Key': 'hidden-value' },
  } as const;
  const row = await registerServer(registry, { name: 'somebody', source: 'cli' }, { name: 'd', target });
  const { items } = await store.events.page(registry.organization, {});
  expect(items).toMatchObject([
    { actor: 'somebody', action: 'server.create', subject: row.id, detail: { secretNames: ['X-Key'] } },
  ]);
  expect(JSON.stringify(items)).not.toContain('hidden-value');
});
