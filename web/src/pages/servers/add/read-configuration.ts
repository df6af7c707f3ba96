/** A client's configuration (`mcpServers`, or `servers` as VS Code has it) as servers to register. */
import { parse, type ParseError } from 'jsonc-parser';
import { isObject } from '../../../../../src/json.ts';
import type { ServerInput } from '../../../api/types.ts';

export interface FoundServer {
  readonly name: string;
  /** What can be registered over the network. */
  readonly input?: ServerInput;
  /** Why not. */
  readonly refusal?: string;
  /** How many values will be sealed. */
  readonly secrets: number;
}

export interface ReadConfiguration {
  readonly servers: readonly FoundServer[];
  readonly problem?: string;
}

type Members = Readonly<Record<string, unknown>>;

export function readConfiguration(text: string): ReadConfiguration {
  if (text.trim() === '') return { servers: [] };
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    return { servers: [], problem: `This is not JSON: look at line ${line}.` };
  }
  const entries = entriesOf(value);
  if (entries === undefined)
    return { servers: [], problem: 'There is no "mcpServers" in it: paste the whole configuration file.' };
  return { servers: Object.entries(entries).map(([name, entry]) => found(name, entry)) };
}

function entriesOf(value: unknown): Members | undefined {
  if (!isObject(value)) return undefined;
  const nested = isObject(value['mcp']) ? value['mcp'] : {};
  const entries = [value['mcpServers'], value['servers'], nested['servers'], nested['mcpServers']].find(
    isObject,
  );
  if (entries !== undefined) return entries;
  // One entry by itself, or the inside of mcpServers.
  if (typeof value['url'] === 'string' || typeof value['command'] === 'string') return { server: value };
  return Object.values(value).every((one) => isObject(one) && ('url' in one || 'command' in one))
    ? value
    : undefined;
}

function found(name: string, entry: unknown): FoundServer {
  if (!isObject(entry)) return { name, refusal: 'It is not an object.', secrets: 0 };
  const url = [entry['url'], entry['serverUrl'], entry['httpUrl']].find((one) => typeof one === 'string');
  if (typeof url === 'string') return remote(name, url, entry);
  return typeof entry['command'] === 'string'
    ? local(name, entry)
    : { name, refusal: 'It has no "url".', secrets: 0 };
}

function remote(name: string, url: string, entry: Members): FoundServer {
  const headers = textsOf(entry['headers']);
  const transport = entry['type'] === 'sse' || entry['transport'] === 'sse' ? 'sse' : 'http';
  const count = Object.keys(headers).length;
  return { name, input: { name, url, transport, ...(count === 0 ? {} : { headers }) }, secrets: count };
}

/** mcp-remote is a bridge to a URL: the gateway goes there itself. */
function local(name: string, entry: Members): FoundServer {
  const args = Array.isArray(entry['args']) ? entry['args'].filter((one) => typeof one === 'string') : [];
  const url = args.some((one) => /^mcp-remote(@|$)/.test(one))
    ? args.find((one) => /^https?:\/\//.test(one))
    : undefined;
  if (url === undefined)
    return {
      name,
      refusal:
        'It starts a program. Add it on the machine of the gateway, in portcullis.yaml or with "portcullis server add --stdio".',
      secrets: Object.keys(textsOf(entry['env'])).length,
    };
  const environment = textsOf(entry['env']);
  const given = args.flatMap((one, index) => (one === '--header' ? [args[index + 1] ?? ''] : []));
  const headers = Object.fromEntries(
    given
      .map((one) => one.replace(/\$\{(\w+)\}/g, (whole, variable: string) => environment[variable] ?? whole))
      .filter((one) => one.includes(':'))
      .map((one) => [one.slice(0, one.indexOf(':')).trim(), one.slice(one.indexOf(':') + 1).trim()]),
  );
  return remote(name, url, { headers });
}

function textsOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );
}
