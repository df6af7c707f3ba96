/** Names of tools against each other: the same, almost the same, or made to look the same. */
import { makeFinding } from '../make-finding.ts';
import type { Finding } from '../types.ts';
import { neighbours } from './neighbours.ts';
import { skeleton, style } from './skeleton.ts';

export interface NamedTool {
  readonly server: string;
  /** Servers that agree in this are one server, configured twice. */
  readonly origin: string;
  readonly name: string;
}

const LONGEST = 128;
/** Shorter names differ by one letter all the time. */
const SHORTEST = 7;
/** Of so many names that look the same, each is told; more would cost more than they tell. */
const MOST_ALIKE = 200;
const FOREIGN =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}]/u;

/** @returns findings by server, in the order of the tools */
export function checkNames(tools: readonly NamedTool[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  const add = (server: string, finding: Finding): void => {
    const list = found.get(server);
    if (list === undefined) found.set(server, [finding]);
    else list.push(finding);
  };
  const short = tools.filter(({ name }) => name.length <= LONGEST);
  for (const { server, name } of short) {
    const reason = mixture(name);
    if (reason !== undefined) add(server, makeFinding('mixed-script-name', `tool ${name}: name`, reason));
  }
  for (const listed of groups(short, ({ server, name }) => `${server}\n${name}`)) {
    const [{ server, name }] = listed as [NamedTool];
    add(server, makeFinding('duplicate-name', `tool ${name}: name`, `listed ${listed.length} times`));
  }
  for (const alike of groups(short, ({ name }) => skeleton(name))) {
    for (const tool of alike.slice(0, MOST_ALIKE)) {
      const differs = ({ name }: NamedTool): boolean => style(name) !== style(tool.name);
      const other = alike.find(differs) ?? alike.find(({ origin }) => origin !== tool.origin);
      if (other === undefined) continue;
      const where = other.server === tool.server ? 'of the same server' : `of the server ${other.server}`;
      const rule = differs(other) ? 'look-alike-name' : 'shadowed-name';
      add(
        tool.server,
        makeFinding(rule, `tool ${tool.name}: name`, `${tool.name} and ${other.name} ${where}`),
      );
    }
  }
  for (const pair of nearNames(short)) {
    for (const [one, other] of [pair, pair.toReversed() as typeof pair]) {
      const evidence = `${one.name} and ${other.name} of the server ${other.server} are one letter apart`;
      add(
        one.server,
        makeFinding('look-alike-name', `tool ${one.name}: name`, evidence, { severity: 'medium' }),
      );
    }
  }
  return found;
}

function mixture(name: string): string | undefined {
  if (/\p{Script=Latin}/u.test(name) && FOREIGN.test(name))
    return `${name} mixes Latin with ${[...name].filter((char) => FOREIGN.test(char)).join(' ')}`;
  const folded = name.normalize('NFKC');
  return folded !== name && /^[\u0020-\u007e]+$/.test(folded) ? `${name} is not ${folded}` : undefined;
}

function groups<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const byKey = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [value]);
    else group.push(value);
  }
  return [...byKey.values()].filter(({ length }) => length > 1);
}

/** Pairs on different servers, one edit apart; plurals, numbers and styles of one name are not meant. */
function nearNames(tools: readonly NamedTool[]): [NamedTool, NamedTool][] {
  const named = tools.filter(({ name }) => style(name).length >= SHORTEST);
  return neighbours(named, ({ name }) => style(name)).filter(
    ([{ origin, name }, other]) =>
      origin !== other.origin &&
      skeleton(name) !== skeleton(other.name) &&
      !related(style(name), style(other.name)),
  );
}

function related(one: string, other: string): boolean {
  const bare = (name: string): string => name.replace(/\d+/g, '').replace(/e?s$/, '');
  return bare(one) === bare(other) || one.replaceAll('s', '') === other.replaceAll('s', '');
}
