import { expect, it } from 'vitest';
import { freshStore, onEveryDatabase } from '../../src/store/testing/databases.ts';
import type { ImportedServer } from '../../src/catalog/library/types.ts';
import { openCatalog } from '../../src/catalog/library/open-catalog.ts';

const NPM = { source: 'npm', url: 'https://www.npmjs.com/package/@acme/mail', at: 1 };
const MAIL: ImportedServer = {
  title: '@acme/mail',
  description: 'Mail for agents',
  packages: [{ registry: 'npm', name: '@acme/mail', version: '1.0.0' }],
  repository: 'git+https://github.com/acme/mail.git',
  language: 'typescript',
  uses: 900,
  source: NPM,
};
const TOOLS = [
  { name: 'list_messages', description: 'Lists messages.', inputSchema: { type: 'object', properties: {} } },
  {
    name: 'send_message',
    description: 'Sends a message.',
    inputSchema: { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] },
  },
  { name: 'delete_message', description: 'Permanently deletes a message.' },
];

await onEveryDatabase('the index of servers', (database) => {
  it('makes one server of what several sources say of it', async () => {
    const catalog = openCatalog(await freshStore(database), { clock: () => 5 });
    await catalog.put([MAIL]);
    await catalog.put([
      {
        slug: 'io-github-acme-mail',
        title: 'Acme Mail',
        packages: [{ registry: 'npm', name: '@acme/mail', version: '1.1.0' }],
        remotes: [{ type: 'http', url: 'https://mail.acme.example/mcp' }],
        source: { source: 'registry', url: 'https://registry.example/acme-mail', at: 2 },
      },
      {
        slug: 'elsewhere',
        title: 'Mail (captured)',
        tools: TOOLS,
        remotes: [{ type: 'http', url: 'https://mail.acme.example/mcp/' }],
        source: { source: 'tools-list', url: null, at: 3 },
      },
      {
        title: 'mail',
        repository: 'https://github.com/acme/mail',
        source: { source: 'docker', url: null, at: 4 },
      },
    ]);
    expect(await catalog.size()).toMatchObject({ servers: 1, tools: 3, updatedAt: 5 });
    const server = await catalog.server('acme-mail');
    expect(server).toMatchObject({
      title: 'Mail (captured)',
      description: 'Mail for agents',
      version: null,
      packages: [{ registry: 'npm', name: '@acme/mail', version: '1.1.0' }],
      transports: ['http'],
      uses: 900,
      toolCount: 3,
      classes: { Read: 1, Write: 1, Execute: 0, Destructive: 1, Financial: 0 },
      severity: 'Critical',
    });
    expect(server?.provenance.map(({ source, gave }) => [source, gave.includes('tools')])).toEqual([
      ['npm', false],
      ['registry', false],
      ['tools-list', true],
      ['docker', false],
    ]);
  });

  it('keeps what a source of more weight said', async () => {
    const catalog = openCatalog(await freshStore(database));
    await catalog.put([
      { ...MAIL, title: 'Seen', tools: TOOLS, source: { source: 'scan', url: null, at: 1 } },
    ]);
    await catalog.put([{ ...MAIL, title: 'Told', uses: 5, tools: [], source: NPM }]);
    expect(await catalog.server('acme-mail')).toMatchObject({ title: 'Seen', toolCount: 3 });
  });

  it('tells servers of one repository apart by their packages', async () => {
    const catalog = openCatalog(await freshStore(database));
    const other = {
      ...MAIL,
      title: 'calendar',
      source: { ...NPM, url: 'https://www.npmjs.com/package/calendar' },
    };
    await catalog.put([MAIL, { ...other, packages: [{ registry: 'npm', name: 'calendar', version: null }] }]);
    expect((await catalog.size()).servers).toBe(2);
    expect(await catalog.server('calendar')).toBeDefined();
  });

  it('takes packages of one name in two registries for two servers', async () => {
    const catalog = openCatalog(await freshStore(database));
    const named = (source: string): ImportedServer => ({
      title: 'mail',
      packages: [{ registry: source, name: 'mail', version: null }],
      source: { source, url: `https://${source}.example/mail`, at: 1 },
    });
    await catalog.put([named('npm'), named('pypi')]);
    await catalog.put([named('pypi'), named('npm')]);
    expect((await catalog.size()).servers).toBe(2);
    await catalog.put([
      { slug: 'mail', title: 'Mail', tools: TOOLS, source: { source: 'tools-list', url: null, at: 1 } },
    ]);
    expect(await catalog.server('mail')).toMatchObject({ toolCount: 3, packages: [{ registry: 'npm' }] });
  });

  it('gives servers of one name slugs of their own', async () => {
    const catalog = openCatalog(await freshStore(database));
    const named = (name: string): ImportedServer => ({
      title: name,
      packages: [{ registry: 'npm', name, version: null }],
      source: { source: 'npm', url: `https://www.npmjs.com/package/${name}`, at: 1 },
    });
    await catalog.put([named('@a/b-c'), named('@a-b/c')]);
    await catalog.put([named('a-b-c'), named('@a/b-c')]);
    expect((await catalog.size()).servers).toBe(3);
    expect((await catalog.server('a-b-c'))?.title).toBe('@a/b-c');
    expect((await catalog.server('a-b-c-2'))?.title).toBe('@a-b/c');
    expect((await catalog.server('a-b-c-3'))?.title).toBe('a-b-c');
  });

  it('replaces tools, and keeps an override through a refresh and an absence', async () => {
    const catalog = openCatalog(await freshStore(database));
    const captured = (tools: ImportedServer['tools']): ImportedServer => ({
      ...MAIL,
      tools,
      source: { source: 'tools-list', url: null, at: 1 },
    });
    await catalog.put([captured(TOOLS)]);
    await catalog.setOverride('acme-mail', 'list_messages', 'Execute');
    expect((await catalog.size()).byClass).toMatchObject({ Read: 0, Execute: 1 });
    await catalog.put([captured(TOOLS.slice(1))]);
    expect(await catalog.tool('acme-mail', 'list_messages')).toBeUndefined();
    await catalog.put([captured([{ ...TOOLS[0]!, description: 'Lists all messages.' }, ...TOOLS.slice(1)])]);
    expect(await catalog.tool('acme-mail', 'list_messages')).toMatchObject({
      classOverride: 'Execute',
      assessment: { class: 'Read' },
      description: 'Lists all messages.',
    });
    expect((await catalog.tools('acme-mail')).map(({ name }) => name)).toEqual([
      'delete_message',
      'list_messages',
      'send_message',
    ]);
    expect((await catalog.searchTools({ class: 'Execute' }, {})).items).toHaveLength(1);
    await catalog.setOverride('acme-mail', 'list_messages', null);
    expect(await catalog.size()).toMatchObject({ tools: 3, byClass: { Read: 1, Execute: 0 } });
    await expect(catalog.setOverride('acme-mail', 'nothing', 'Read')).rejects.toMatchObject({
      code: 'PC_API_NOT_FOUND',
    });
  });
});
