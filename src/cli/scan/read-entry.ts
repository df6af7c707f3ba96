/** One server entry of a configuration, whatever the file's format: its members become a stated server. */
import type { ServerTarget, SourcePlace, StatedServer } from '../../catalog/index.ts';

/** A member's value with the place where it stands. */
export type Given =
  | { readonly kind: 'text'; readonly text: string; readonly place: SourcePlace }
  | { readonly kind: 'list'; readonly items: readonly Given[]; readonly place: SourcePlace }
  | { readonly kind: 'table'; readonly members: ReadonlyMap<string, Given>; readonly place: SourcePlace }
  | { readonly kind: 'other'; readonly place: SourcePlace };

export interface Entry {
  readonly stated: StatedServer;
  /** The configuration says that it is switched off. */
  readonly off: boolean;
  /** Members that the client understands and this reader does not, which change what runs. */
  readonly unsupported: readonly string[];
}

/** Members that name variables of the client's environment rather than values; `${env:NAME}` says the same here. */
const REFERENCES = {
  bearer: 'bearer_token_env_var',
  headers: 'env_http_headers',
  variables: 'env_vars',
} as const;
const UNSUPPORTED = ['envFile', 'dev', 'experimental_environment', 'sandbox', 'headersHelper'];

const TYPES = /^(?:stdio|local|sse|https?|remote|streamable[-_]?http)$/i;

/** @returns a reason when the entry is no server */
export function readEntry(name: string, client: string, entry: Given): Entry | string {
  if (entry.kind !== 'table') return `${name} is no object`;
  const { members } = entry;
  const places = new Map<string, SourcePlace>();
  const text = (member: string): string | undefined => {
    const value = members.get(member);
    return value?.kind === 'text' ? value.text : undefined;
  };
  const type = text('type') ?? text('transport');
  if (type !== undefined && !TYPES.test(type)) return `${name}: the type ${type} is not supported`;
  const url = text('url') ?? text('serverUrl') ?? text('httpUrl');
  const unsupported = UNSUPPORTED.filter((member) => members.has(member));
  let target: ServerTarget;
  if (url !== undefined) {
    const at = members.get('url') ?? members.get('serverUrl') ?? members.get('httpUrl');
    places.set('url', at!.place);
    const headers = {
      ...texts('headers', members.get('headers') ?? members.get('http_headers'), places),
      ...references(members.get(REFERENCES.headers)),
    };
    const bearer = text(REFERENCES.bearer);
    if (bearer !== undefined) headers['Authorization'] = `Bearer \${env:${bearer}}`;
    target = { transport: transportOf(type, url), url, headers };
  } else {
    const program = members.get('command');
    const words = program?.kind === 'list' ? program.items : program === undefined ? [] : [program];
    const given = members.get('args');
    const args = given?.kind === 'list' ? given.items : [];
    const command = [...words, ...args].map((word) => (word.kind === 'text' ? word.text : undefined));
    if (command.length === 0 || command[0] === '') return `${name} has neither a command nor a url`;
    if (command.includes(undefined) || (given !== undefined && given.kind !== 'list'))
      return `${name}: command and args must be texts`;
    places.set('command', program!.place);
    for (const [index, word] of [...words, ...args].slice(1).entries())
      places.set(`args/${index}`, word.place);
    const passed = members.get(REFERENCES.variables);
    const env = { ...texts('env', members.get('env'), places), ...listed(passed) };
    const cwd = text('cwd');
    target = { transport: 'stdio', command: command as string[], env, ...(cwd !== undefined && { cwd }) };
  }
  const off = isBare(members.get('disabled'), 'true') || isBare(members.get('enabled'), 'false');
  return { stated: { name, client, target, source: entry.place, places }, off, unsupported };
}

function transportOf(type: string | undefined, url: string): 'http' | 'sse' {
  if (type !== undefined) return type.toLowerCase() === 'sse' ? 'sse' : 'http';
  return /\/sse\/?(?:[?#]|$)/.test(url) ? 'sse' : 'http';
}

function texts(
  member: string,
  value: Given | undefined,
  places: Map<string, SourcePlace>,
): Record<string, string> {
  const found = new Map<string, string>();
  for (const [name, inner] of value?.kind === 'table' ? value.members : []) {
    if (inner.kind !== 'text') continue;
    found.set(name, inner.text);
    places.set(`${member}/${name}`, inner.place);
  }
  return Object.fromEntries(found);
}

function references(value: Given | undefined): Record<string, string> {
  return Object.fromEntries(
    [...(value?.kind === 'table' ? value.members : [])].flatMap(([name, inner]) =>
      inner.kind === 'text' ? [[name, `\${env:${inner.text}}`]] : [],
    ),
  );
}

function listed(value: Given | undefined): Record<string, string> {
  return Object.fromEntries(
    (value?.kind === 'list' ? value.items : []).flatMap((item) =>
      item.kind === 'text' ? [[item.text, `\${env:${item.text}}`]] : [],
    ),
  );
}

function isBare(value: Given | undefined, text: string): boolean {
  return value?.kind === 'text' && value.text === text;
}
