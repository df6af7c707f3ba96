import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashToken } from '../store/index.ts';
import { openBench, type Bench } from './testing/run.ts';

const EARLIER = '{ "version": "1", "default": "deny",\n  "tools": { "read": {} } }\n';
const LATER = 'version: "1"\ndefault: allow # for a while\n';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await run('server', 'add', 'shop', '--url', 'https://shop.example/mcp');
});
afterEach(() => bench.close());

async function run(...args: string[]): Promise<string> {
  const ran = await bench.run(...args);
  expect(ran, ran.err).toMatchObject({ code: 0 });
  return ran.out;
}

/** What the server says that its tool does, as if it was asked. */
async function list(description: string): Promise<void> {
  const { store } = await bench.open();
  const { id } = (await store.servers.get('shop'))!;
  const definition = JSON.stringify({ name: 'buy', description, inputSchema: { type: 'object' } });
  const tool = {
    name: 'buy',
    definition,
    digest: `digest of ${description}`,
    pinnedDigest: `digest of ${description}`,
    class: 'Write',
    classes: ['Write'],
    severity: 'medium',
    assessment: { evidence: [] },
  };
  await store.tools.upsert(id, [tool], 1);
  await store.close();
}

describe('versions of a policy', () => {
  beforeEach(async () => {
    await run('policy', 'set', 'shop', 'careful', await bench.file('1.json', EARLIER), '--note', 'first');
    await run('policy', 'set', 'shop', 'careful', await bench.file('2.yaml', LATER));
  });

  it('are listed, and shown as they were written', async () => {
    const listed = await run('policy', 'versions', 'shop', 'careful');
    expect(listed).toMatch(/VERSION +SAVED +BY +NOTE\n2 .*command line \(.*\n1 .*first$/);
    expect(JSON.parse(await run('policy', 'versions', 'shop', 'careful', '--json'))).toMatchObject([
      { version: 2, document: { default: 'allow' } },
      { version: 1, note: 'first' },
    ]);
    expect(`${await run('policy', 'show', 'shop', 'careful')}\n`).toBe(LATER);
    expect(`${await run('policy', 'show', 'shop', 'careful', '1')}\n`).toBe(EARLIER);
    const shown = await run('policy', 'show', 'shop', 'careful', '--json');
    expect(JSON.parse(shown)).toMatchObject({ version: 2, document: { default: 'allow' } });
  });

  it('come back as the newest', async () => {
    expect(await run('policy', 'rollback', 'shop', 'careful', '1')).toBe(
      'Saved careful, version 3: as it was in version 1.',
    );
    expect(`${await run('policy', 'show', 'shop', 'careful')}\n`).toBe(EARLIER);
    const again = await run('policy', 'rollback', 'shop', 'careful', '2', '--json');
    expect(JSON.parse(again)).toMatchObject({ version: 4, document: { default: 'allow' } });
  });

  it('go with the policy, which says who has none now', async () => {
    await run('grant', 'mint', 'shop', '--policy', 'careful', '--label', 'agent');
    await run('grant', 'mint', 'shop', '--policy', 'careful', '--label', 'gone');
    await run('grant', 'revoke', 'gone');
    expect(await run('policy', 'remove', 'shop', 'careful')).toBe(
      'Removed careful.\n~ agent (no policy: every call is denied)',
    );
    expect(await run('policy', 'list', '--json')).toBe('[]');
    expect(await run('grant', 'list', 'shop')).toContain('(none: denies)');
  });

  it('that are not there are said to be missing, in one line', async () => {
    const missing = [
      ['show', 'shop', 'careful', '9'],
      ['rollback', 'shop', 'careful', '9'],
      ['versions', 'shop', 'other'],
      ['remove', 'shop', 'other'],
      ['show', 'nowhere', 'careful'],
    ];
    for (const args of missing) {
      const ran = await bench.run('policy', ...args);
      expect(ran, args.join(' ')).toMatchObject({ code: 1, out: '' });
      expect(ran.err, args.join(' ')).toMatch(/^portcullis: /);
    }
    expect((await bench.run('policy', 'rollback', 'shop', 'careful', 'latest')).code).toBe(2);
  });
});

describe('the tools of a server', () => {
  it('are listed, and have the class that their owner says', async () => {
    expect(await run('server', 'tools', 'shop')).toBe('(none)');
    await list('Buys something.');
    expect(await run('server', 'tools', 'shop')).toMatch(/buy +Write +medium +as pinned$/);
    expect(await run('server', 'override', 'shop', 'buy', 'financial')).toBe('buy: Financial');
    expect(await run('server', 'tools', 'shop')).toMatch(/buy +Financial \(yours\)/);
    expect(JSON.parse(await run('server', 'tools', 'shop', '--json'))).toMatchObject([
      { name: 'buy', class: 'Financial', classOverride: 'Financial', definition: { name: 'buy' } },
    ]);
    expect(await run('server', 'override', 'shop', 'buy')).toBe('buy: Write, as found');
    expect(await run('server', 'tools', 'shop')).toMatch(/buy +Write +medium/);
    expect((await bench.run('server', 'override', 'shop', 'buy', 'harmless')).code).toBe(2);
    expect((await bench.run('server', 'override', 'shop', 'sell', 'Read')).code).toBe(1);
  });

  it('are pinned again after their definition changed', async () => {
    await list('Buys something.');
    await list('Buys whatever the page says.');
    expect(await run('server', 'tools', 'shop')).toContain('changed since it was pinned');
    expect(await run('server', 'repin', 'shop', 'buy')).toBe(
      'buy: pinned at SHA-256 digest of Buys whatever the page says.',
    );
    expect(await run('server', 'tools', 'shop')).toContain('as pinned');
    expect((await bench.run('server', 'repin', 'shop', 'sell')).code).toBe(1);
    expect((await bench.run('server', 'repin', 'shop')).code).toBe(2);
    const events = await run('admin', 'events', '--json');
    expect(JSON.parse(events)).toContainEqual(
      expect.objectContaining({ action: 'tool.repin', detail: { digest: expect.any(String) as string } }),
    );
  });
});

describe('who can call what', () => {
  const mint = (label: string, ...more: string[]) => run('grant', 'mint', 'shop', '--label', label, ...more);
  beforeEach(async () => {
    await run('policy', 'set', 'shop', 'open', await bench.file('open.yaml', LATER));
    await run('policy', 'set', 'shop', 'shut', await bench.file('shut.json', EARLIER));
  });

  it('is said of active grants under their policies', async () => {
    const asks = {
      version: '1',
      default: 'deny',
      tools: { buy: { action: 'require_approval', reason: 'Money.' } },
    };
    await run('policy', 'set', 'shop', 'asks', await bench.file('asks.json', asks));
    await list('Buys something.');
    for (const label of ['a', 'b', 'c', 'd']) await mint(label, '--policy', 'open');
    await mint('careful', '--policy', 'asks');
    await mint('shut out', '--policy', 'shut');
    await mint('nothing');
    await mint('gone', '--policy', 'open');
    await run('grant', 'revoke', 'gone');
    const out = await run('grant', 'reach');
    expect(out).toMatch(/^Write +shop +buy +allow +open +a, b, c and 1 more$/m);
    expect(out).toMatch(/^Write +shop +buy +ask: \/tools\/buy\S* +asks +careful$/m);
    expect(out).not.toMatch(/shut|nothing|gone/);
    expect(await run('grant', 'reach', 'careful')).not.toContain('open');
    expect(await run('grant', 'reach', 'nothing')).toBe('(none)');
    expect(await run('grant', 'reach', '--class', 'read')).toBe('(none)');
    await run('server', 'override', 'shop', 'buy', 'Financial');
    const json = await run(
      'grant',
      'reach',
      '--class',
      'Financial',
      '--tool',
      'buy',
      '--server',
      'shop',
      '--json',
    );
    expect(JSON.parse(json)).toMatchObject([
      { policy: 'asks', how: 'ask', grants: [{ label: 'careful' }] },
      { policy: 'open', how: 'allow', rule: '', grants: [{}, {}, {}, {}] },
    ]);
  });

  it('is not said to be nothing where the tools are not known', async () => {
    await mint('a', '--policy', 'open');
    expect(await bench.run('grant', 'reach')).toMatchObject({
      code: 0,
      err: 'portcullis: the tools of shop are not known; ask it: portcullis server refresh shop',
    });
    expect((await bench.run('grant', 'reach', '--server', 'nowhere')).code).toBe(1);
    expect((await bench.run('grant', 'reach', '--class', 'harmless')).code).toBe(2);
  });
});

describe('whom a server is for', () => {
  it('is named and opened again', async () => {
    expect(await run('server', 'members', 'shop')).toBe('everybody of the organization');
    const { id } = JSON.parse(await run('admin', 'key', '--label', 'ci', '--json')) as { id: string };
    expect(await run('server', 'members', 'shop', '--only', 'ci')).toContain(`ci   API key  ${id}`);
    const json = await run('server', 'members', 'shop', '--json');
    expect(JSON.parse(json)).toEqual([{ id, name: 'ci', kind: 'API key' }]);
    expect((await bench.run('server', 'members', 'shop', '--only', 'nobody')).code).toBe(1);
    expect((await bench.run('server', 'members', 'shop', '--only', 'ci', '--everybody')).code).toBe(2);
    expect(await run('server', 'members', 'shop', '--everybody', '--json')).toBe('null');
  });

  it('is approved by whom its settings name', async () => {
    const settings = (...args: string[]) => run('approvals', 'settings', 'shop', ...args);
    expect(await settings()).toBe('somebody with the role policy_manager or above');
    expect(await settings('--approver', 'anna@example.com', '--people', '2')).toBe(
      '2 different people (anna@example.com)',
    );
    expect(JSON.parse(await settings('--role', 'admin', '--no-approver', '--json'))).toEqual({
      role: 'admin',
      approvers: [],
      people: 2,
    });
    expect((await bench.run('approvals', 'settings', 'shop', '--people', '3')).code).toBe(1);
    expect((await bench.run('approvals', 'settings', 'shop', '--role', 'king')).code).toBe(2);
    expect(await settings('--people', '1')).toBe('somebody with the role admin or above');
    const events = JSON.parse(await run('admin', 'events', '--json')) as { action: string }[];
    expect(events.filter(({ action }) => action === 'approval_settings.update')).toHaveLength(3);
  });
});

it('keys of the API are listed without their secret, and end by label or id', async () => {
  const key = await run('admin', 'key', '--role', 'viewer', '--label', 'ci');
  await run('admin', 'key', '--label', 'twin', '--expires', '2099-01-31');
  const twin = JSON.parse(await run('admin', 'key', '--label', 'twin', '--json')) as { id: string };
  const listed = await run('admin', 'keys');
  expect(listed).toMatch(/ci +viewer +never +never/);
  expect(listed).toContain('2099-01-31T00:00:00.000Z');
  const json = await run('admin', 'keys', '--json');
  expect(JSON.parse(json)).toHaveLength(3);
  for (const text of [listed, json]) {
    expect(text).not.toContain(key);
    expect(text).not.toContain(hashToken(key));
  }
  expect(await run('admin', 'remove-key', 'ci')).toBe('Removed the key ci.');
  expect(await bench.run('admin', 'remove-key', 'ci')).toMatchObject({ code: 1, out: '' });
  expect((await bench.run('admin', 'remove-key', 'twin')).err).toContain('Several are called twin');
  await run('admin', 'remove-key', twin.id);
  expect(await run('admin', 'keys')).not.toContain(twin.id);
});

it('events say who changed what, the newest first, as many as are asked for', async () => {
  await run('admin', 'key', '--label', 'ci');
  const listed = await run('admin', 'events');
  expect(listed.split('\n')[1]).toMatch(/command line \(.*\) +api_key.mint .*"label":"ci"/);
  expect(listed).toContain('server.create');
  expect(JSON.parse(await run('admin', 'events', '-n', '1', '--json'))).toHaveLength(1);
  expect((await run('admin', 'events', '-n', '1000')).split('\n')).toHaveLength(3);
  expect((await bench.run('admin', 'events', '-n', '0')).code).toBe(2);
});
