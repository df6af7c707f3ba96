import type { SourcePlace } from '../../catalog/index.ts';
import type { Given } from './read-entry.ts';
import type { ReadTables } from './read-json.ts';
import { parseToml, TomlError, type TomlValue } from './toml.ts';

/** The `mcp_servers` tables of Codex's `config.toml`. */
export function readCodex(text: string, place: (offset: number) => SourcePlace): ReadTables {
  try {
    const servers = parseToml(text).members.get('mcp_servers');
    if (servers === undefined) return { servers: [], problems: [] };
    if (servers.kind !== 'table')
      return { servers: [], problems: [{ what: 'mcp_servers is no table', place: place(servers.at) }] };
    return {
      servers: [...servers.members].map(([name, entry]) => [name, given(entry, place)] as const),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { servers: [], problems: [{ what: `not TOML: ${error.message}`, place: place(error.at) }] };
  }
}

function given(value: TomlValue, place: (offset: number) => SourcePlace): Given {
  const here = place(value.at);
  if (value.kind === 'table') {
    const members = new Map([...value.members].map(([name, inner]) => [name, given(inner, place)]));
    return { kind: 'table', members, place: here };
  }
  if (value.kind === 'list')
    return { kind: 'list', items: value.items.map((item) => given(item, place)), place: here };
  return { kind: 'text', text: value.text, place: here };
}
