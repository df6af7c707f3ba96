/** Network calls under `hosts`: only the forms whose URL can be read, and only to the hosts listed. */
import { sibling, type CodeNode } from '../code-tree.ts';
import { urlProblem } from '../hosts.ts';
import type { JavaScriptText } from './javascript-text.ts';
import { argumentsOf, knownText } from './known-text.ts';

const GLOBALS = new Set(['fetch', 'Request', 'WebSocket', 'EventSource']);
/** Members of a URL object that change where it points. */
const MOVING = new Set(['href', 'host', 'hostname', 'port', 'protocol', 'username', 'password']);
const REROUTING = new Set([
  'proxy',
  'dispatcher',
  'unix',
  'agent',
  'baseURL',
  'client',
  'httpAgent',
  'httpsAgent',
]);
const CLIENTS = /^(?:axios|ky|got|node-fetch|undici|cross-fetch|isomorphic-fetch|superagent|needle|phin)$/;
const UNREADABLE =
  /^(?:node:)?(?:http|https|http2|net|tls|dgram|dns|ws|socket\.io-client|worker_threads|child_process)(?:\/|$)/;
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'fetch', 'request']);

export const isNetworkGlobal = (name: string): boolean => GLOBALS.has(name);

/** @param node the name of the function, which must be called right here */
export function checkFetch(text: JavaScriptText, node: CodeNode): void {
  const { parent } = node;
  const called =
    (parent!.name === 'CallExpression' && node.index === 0) ||
    (parent!.name === 'NewExpression' && node.index === 1);
  if (!called)
    return text.report.add(
      node.from,
      node.to,
      `${text.slice(node)} must be called where it is named, so that its URL can be read`,
    );
  checkCall(text, parent!);
}

function checkCall(text: JavaScriptText, call: CodeNode): void {
  const [url, options] = argumentsOf(call.children.find((child) => child.name === 'ArgList'));
  const at = url ?? call;
  const problem = urlProblem(knownText(text, url), text.rules.hosts) ?? movedLater(text, url);
  if (problem !== undefined && !isRequestMadeHere(text, url)) text.report.add(at.from, at.to, problem);
  const rerouting = options === undefined ? undefined : reroutes(text, options);
  if (rerouting !== undefined)
    text.report.add(options!.from, options!.to, `${rerouting} sends the call elsewhere`);
}

/** A name that is fetched, where it is only ever a `new Request(…)`, whose own URL is checked where it stands. */
function isRequestMadeHere(text: JavaScriptText, node: CodeNode | undefined): boolean {
  if (node?.name !== 'VariableName')
    return (
      node?.name === 'NewExpression' &&
      text.slice(node.children[1]!) === 'Request' &&
      text.scopes.of.get(node)!.resolve('Request') === undefined
    );
  const sources = text.scopes.of.get(node)!.resolve(text.slice(node))?.sources ?? [];
  return (
    sources.length > 0 &&
    sources.every(
      (source) =>
        source.kind === 'expression' &&
        source.node.name !== 'VariableName' &&
        isRequestMadeHere(text, source.node),
    )
  );
}

/** A URL object that a name stands for may be changed between its making and its use. */
function movedLater(text: JavaScriptText, url: CodeNode | undefined): string | undefined {
  const object = url === undefined ? undefined : urlObject(url);
  const binding = object === undefined ? undefined : text.scopes.of.get(object)!.resolve(text.slice(object));
  const source = binding?.sources[0];
  if (source?.kind !== 'expression' || source.node.name !== 'NewExpression') return undefined;
  const moved = binding!.reads.some((read) => {
    const parent = read.parent!;
    if (parent.name === 'MemberExpression' && read.index === 0) {
      if (sibling(read, 1)?.name !== '.') return true;
      const isTarget = parent.parent!.name === 'AssignmentExpression' && parent.index === 0;
      return isTarget && MOVING.has(text.slice(parent.children.at(-1)!));
    }
    if (parent.name === 'Interpolation') return false;
    const callee = parent.name === 'ArgList' ? text.slice(parent.parent!.children[0]!) : '';
    return !/^(?:fetch|String|console\.\w+)$/.test(callee);
  });
  return moved ? 'the URL may be changed before the call' : undefined;
}

function urlObject(node: CodeNode): CodeNode | undefined {
  if (node.name === 'VariableName') return node;
  const inner =
    node.name === 'CallExpression' || node.name === 'MemberExpression' ? node.children[0] : undefined;
  return inner === undefined ? undefined : urlObject(inner);
}

function reroutes(text: JavaScriptText, options: CodeNode): string | undefined {
  if (options.name === 'VariableName') {
    const [source] = text.scopes.of.get(options)!.resolve(text.slice(options))?.sources ?? [];
    return source?.kind === 'expression' && source.node.name !== 'VariableName'
      ? reroutes(text, source.node)
      : undefined;
  }
  if (options.name !== 'ObjectExpression') return undefined;
  return options.children
    .filter((child) => child.name === 'Property')
    .map((property) => text.slice(property.children[0]!).replace(/^['"]|['"]$/g, ''))
    .find((name) => REROUTING.has(name));
}

/** Imported clients: called with a literal URL, or by a verb of theirs. */
export function checkNetworkImport(text: JavaScriptText, name: string, module: string, node: CodeNode): void {
  if (UNREADABLE.test(module))
    return text.report.add(node.from, node.to, `where calls through ${module} go cannot be read here`);
  if (!CLIENTS.test(module)) return;
  for (const read of text.scopes.of.get(node)!.resolve(name)?.reads ?? []) {
    const member = read.parent!;
    const isVerb =
      member.name === 'MemberExpression' &&
      read.index === 0 &&
      VERBS.has(text.slice(member.children.at(-1)!));
    const callee = isVerb ? member : read;
    const call = callee.parent!;
    if (call.name === 'CallExpression' && callee.index === 0) checkCall(text, call);
    else if (!/^is[A-Z]|Error$/.test(text.slice(member.children.at(-1)!)))
      text.report.add(
        read.from,
        read.to,
        `${name} must be called where it is named, so that its URL can be read`,
      );
  }
}
