import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import type { ToolRow } from '../../store/index.ts';
import { canonicalJson } from '../../json.ts';
import { guessTool } from './known-tool.ts';
import { createToolCatalogue, type CatalogueOptions } from './tool-catalogue.ts';
import type { Classify, ListedTool, ToolCatalogue } from './types.ts';

const classify: Classify = ({ name }) => {
  const found = String(name).startsWith('delete') ? 'Destructive' : 'Read';
  return { class: found, classes: [found], severity: 'Low', confidence: 1, signals: ['s'], evidence: [] };
};

class MemoryTools {
  readonly rows = new Map<string, ToolRow>();
  broken = false;
  writes = 0;
  list = (): Promise<ToolRow[]> => Promise.resolve([...this.rows.values()]);
  stamps = (): Promise<ReadonlyMap<string, string>> => Promise.resolve(new Map());
  summaries = this.list;
  state = (): Promise<string> => Promise.resolve('');
  changedSince = (): Promise<readonly string[]> => Promise.resolve([]);
  override = (_: string, name: string, classOverride: string | null): Promise<ToolRow> =>
    this.#change(name, { classOverride });
  repin = (_: string, name: string): Promise<ToolRow> =>
    this.#change(name, { pinnedDigest: this.rows.get(name)!.digest });
  upsert: CatalogueOptions['store']['tools']['upsert'] = async (serverId, tools, at) => {
    if (this.broken) throw new Error('down');
    this.writes += 1;
    for (const tool of tools) {
      const known = this.rows.get(tool.name);
      const history = {
        firstSeenAt: known?.firstSeenAt ?? at,
        lastSeenAt: at,
        pinnedDigest: known?.pinnedDigest ?? tool.digest,
        classOverride: known?.classOverride ?? null,
      };
      this.rows.set(tool.name, { ...tool, serverId, ...history });
    }
  };

  #change(name: string, patch: Partial<ToolRow>): Promise<ToolRow> {
    const row = { ...this.rows.get(name)!, ...patch };
    this.rows.set(name, row);
    return Promise.resolve(row);
  }
}

function make(
  tools = new MemoryTools(),
  clock: () => number = () => 1000,
): { catalogue: ToolCatalogue; tools: MemoryTools } {
  return {
    catalogue: createToolCatalogue({ store: { tools }, serverId: 's', serverName: 'demo', classify, clock }),
    tools,
  };
}

function listed(definition: object): ListedTool {
  return { value: definition as JsonObject, text: JSON.stringify(definition) };
}

describe('the tool catalogue', () => {
  it('knows what was listed, at once, and stores it in the background', async () => {
    const { catalogue, tools } = make();
    expect([catalogue.loaded, catalogue.get('read')]).toEqual([false, undefined]);
    catalogue.observe([listed({ name: 'read', x: 1 })], true);
    expect(catalogue.get('read')!.facts).toMatchObject({ name: 'read', class: 'Read', classes: ['Read'] });
    expect(catalogue.loaded).toBe(true);
    await catalogue.settled();
    expect(tools.rows.get('read')).toMatchObject({
      definition: '{"name":"read","x":1}',
      assessment: { confidence: 1, signals: ['s'], evidence: [] },
    });
    catalogue.observe([listed({ name: 'read', x: 1 })], false);
    await catalogue.settled();
    expect(tools.writes).toBe(1);
  });

  it('judges a tool that no list has shown by its name', () => {
    const { catalogue } = make();
    expect(catalogue.guess('delete_all').facts.class).toBe('Destructive');
    expect(guessTool('anything').facts.class).toBe('Destructive');
  });

  it('sees that a definition drifted from the pinned one, also after a restart', async () => {
    const { catalogue, tools } = make();
    catalogue.observe([listed({ name: 'read', description: 'harmless' })], true);
    catalogue.observe([listed({ name: 'read', description: 'other' })], true);
    expect(catalogue.get('read')!.drifted).toBe(true);
    await catalogue.settled();
    const { catalogue: again } = make(tools);
    await again.load();
    expect([again.loaded, again.get('read')!.drifted]).toEqual([true, true]);
    await tools.repin('s', 'read');
    await again.load();
    expect(again.get('read')!.drifted).toBe(false);
  });

  it('does not call a new order of members or other spacing a drift', () => {
    const { catalogue } = make();
    catalogue.observe([{ value: { name: 't' }, text: '{"name":"t","a":1,"b":[2]}' }], true);
    catalogue.observe([{ value: { name: 't' }, text: '{ "b":[2], "a":1.0, "name":"t" }' }], true);
    expect(catalogue.get('t')!.drifted).toBe(false);
    catalogue.observe([{ value: { name: 't' }, text: '{"name":"t","a":9007199254740993,"b":[2]}' }], true);
    catalogue.observe([{ value: { name: 't' }, text: '{"name":"t","a":9007199254740992,"b":[2]}' }], true);
    expect(catalogue.get('t')!.drifted).toBe(true);
  });

  it('lets an override of the class win, and keeps it through new definitions', async () => {
    const { catalogue, tools } = make();
    catalogue.observe([listed({ name: 'delete_x' })], true);
    await catalogue.settled();
    await tools.override('s', 'delete_x', 'Read');
    await catalogue.load();
    expect(catalogue.get('delete_x')!.facts).toMatchObject({ class: 'Read', classes: ['Read'] });
    catalogue.observe([listed({ name: 'delete_x', description: 'new' })], true);
    expect(catalogue.get('delete_x')!.facts.class).toBe('Read');
    await tools.override('s', 'delete_x', null);
    await catalogue.load();
    expect(catalogue.get('delete_x')!.facts.class).toBe('Destructive');
  });

  it('counts a definition that parsers could disagree on for its name only, and as drifted', () => {
    const { catalogue } = make();
    catalogue.observe([listed({ name: 'read', inputSchema: { type: 'object' } })], true);
    catalogue.observe(
      [{ value: { name: 'read' }, text: '{"name":"read","inputSchema":{},"inputSchema":{"type":"object"}}' }],
      true,
    );
    const tool = catalogue.get('read')!;
    expect([tool.drifted, tool.facts.checkInput]).toEqual([true, undefined]);
  });

  it('goes on when the store does not, and writes later', async () => {
    const { catalogue, tools } = make();
    tools.broken = true;
    catalogue.observe([listed({ name: 'a' })], true);
    await catalogue.settled();
    expect(catalogue.get('a')).toBeDefined();
    tools.broken = false;
    catalogue.observe([listed({ name: 'b' })], true);
    await catalogue.settled();
    expect([...tools.rows.keys()].toSorted()).toEqual(['a', 'b']);
  });

  it('forgets that it is loaded when the server announces a change', () => {
    const { catalogue } = make();
    catalogue.observe([], true);
    catalogue.markStale();
    expect(catalogue.loaded).toBe(false);
  });

  it('remembers only so many tools', () => {
    const { catalogue } = make();
    catalogue.observe(
      Array.from({ length: 6000 }, (_, index) => listed({ name: `t${index}` })),
      true,
    );
    expect([catalogue.get('t4999'), catalogue.get('t5000')].map((tool) => tool === undefined)).toEqual([
      false,
      true,
    ]);
  });
});

it('writes one value in one way', () => {
  expect(canonicalJson({ b: [1, { d: null, c: '"' }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"\\"","d":null}]}',
  );
});
