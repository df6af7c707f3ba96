import { describe, expect, it } from 'vitest';
import type { ServerEntry } from '../directory.ts';
import { ownToolName, prefixedUri, splitId, splitName, splitUri, toolName } from './names.ts';

function server(slug: string, names: readonly string[]): ServerEntry {
  const catalogue = {
    get: (name: string) => (names.includes(name) ? {} : undefined),
    names: () => names,
  };
  return { slug, catalogue } as unknown as ServerEntry;
}

describe('tool names', () => {
  it('say by their first separator whose they are', () => {
    expect(splitName(toolName('a-1', 'x__y'))).toEqual({ slug: 'a-1', name: 'x__y' });
    for (const name of ['', '__', 'a__', '__x', 'a_x', 'a']) expect(splitName(name), name).toBeUndefined();
  });

  it('have 60 characters at most, and still lead back to their tool', () => {
    const long = ['a', 'b'].map((end) => 'do_'.repeat(30) + end);
    const files = server('files', long);
    const shown = long.map((name) => toolName('files', name));
    expect(new Set(shown).size).toBe(2);
    for (const [index, name] of shown.entries()) {
      expect(name).toHaveLength(60);
      expect(ownToolName(files, splitName(name)!.name)).toBe(long[index]);
    }
  });

  it('mean the tool of that very name before one whose name was cut to it', () => {
    const long = 'do_'.repeat(30);
    const { name } = splitName(toolName('files', long))!;
    expect(ownToolName(server('files', [long, name]), name)).toBe(name);
  });
});

describe('addresses of resources', () => {
  it('stay URIs and templates, and lead back', () => {
    const uri = prefixedUri('9-lives', 'file:///a/{b}+c');
    expect(new URL(prefixedUri('9-lives', 'file:///a')).protocol).toBe('mcp.9-lives+file:');
    expect(splitUri(uri)).toEqual({ slug: '9-lives', name: 'file:///a/{b}+c' });
    for (const other of ['file:///a', 'mcp.a', 'mcp.+x', 'mcp.a+'])
      expect(splitUri(other), other).toBeUndefined();
  });
});

it('ids of requests of servers are strings here', () => {
  expect(splitId('a:1')).toEqual({ slug: 'a', name: '1' });
  expect(splitId(1)).toBeUndefined();
});
