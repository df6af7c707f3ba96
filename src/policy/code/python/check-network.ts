/** Network calls under `hosts`: only the calls whose URL can be read, and only to the hosts listed. */
import { sibling, type CodeNode } from '../code-tree.ts';
import { urlProblem } from '../hosts.ts';
import type { PythonText } from './check-names.ts';
import { knownText } from './known-text.ts';

const MODULES = [
  'requests',
  'httpx',
  'aiohttp',
  'urllib.request',
  'urllib3',
  'http',
  'socket',
  'ssl',
  'websocket',
  'websockets',
  'ftplib',
  'smtplib',
  'telnetlib',
  'imaplib',
  'poplib',
  'xmlrpc',
  'socketserver',
  'asyncio',
];
const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
/** The place of the URL among the arguments. */
const CALLS = new Map<string, number>([
  ...['requests', 'httpx'].flatMap((module): [string, number][] => [
    ...VERBS.map((verb): [string, number] => [`${module}.${verb}`, 0]),
    [`${module}.request`, 1],
  ]),
  ['urllib.request.urlopen', 0],
  ['urllib.request.Request', 0],
]);
const HARMLESS_MEMBER = /(?:Error|Exception|Timeout|Response)$|^(?:exceptions|codes|HTTPStatus)$/;
const HARMLESS_ASYNCIO =
  /^(?:run|sleep|gather|wait|wait_for|create_task|Queue|Lock|Event|Semaphore|TaskGroup|as_completed|timeout|shield|iscoroutine|iscoroutinefunction|Task|Future|[A-Za-z]*Error)$/;
const REROUTES = new Set(['proxies', 'proxy', 'mounts', 'transport', 'base_url', 'hooks']);

export function isNetworkModule(path: string): boolean {
  return MODULES.some((module) => path === module || path.startsWith(`${module}.`));
}

/** @param node the expression that is the function @param full its dotted name */
export function checkNetwork(text: PythonText, node: CodeNode, full: string): void {
  const module = full.slice(0, full.lastIndexOf('.'));
  const member = full.slice(module.length + 1);
  if (!isNetworkModule(module) || HARMLESS_MEMBER.test(member)) return;
  if (module === 'asyncio' && HARMLESS_ASYNCIO.test(member)) return;
  const place = CALLS.get(full);
  const list = sibling(node, 1);
  if (place === undefined || node.parent!.name !== 'CallExpression' || node.index !== 0 || list === undefined)
    return text.report.add(
      node.from,
      node.to,
      `where ${full} goes cannot be read here; call ${module}.get and the like with a literal URL`,
    );
  const problem = argumentsProblem(text, list, place);
  if (problem !== undefined) text.report.add(list.from, list.to, problem);
}

function argumentsProblem(text: PythonText, list: CodeNode, place: number): string | undefined {
  const positional: CodeNode[] = [];
  let url: CodeNode | undefined;
  for (const child of list.children) {
    const before = sibling(child, -1)?.name;
    if (child.name === '*' || child.name === '**') return 'spread arguments hide the URL';
    if (before === 'AssignOp') {
      const label = text.name(sibling(child, -2)!);
      if (REROUTES.has(label)) return `${label} sends the call elsewhere`;
      if (label === 'url' || label === 'fullurl') url = child;
    } else if (
      (before === '(' || before === ',') &&
      sibling(child, 1)?.name !== 'AssignOp' &&
      child.name !== ')'
    )
      positional.push(child);
  }
  url ??= positional[place];
  if (url?.name === 'VariableName' && requestMadeHere(text, url)) return undefined;
  return urlProblem(url === undefined ? undefined : knownText(text, url), text.rules.hosts);
}

/** `urlopen(request)` where every binding of the name is a `Request(…)`, whose own URL is checked where it stands. */
function requestMadeHere(text: PythonText, node: CodeNode): boolean {
  const bindings = text.scopes.get(node)!.resolve(text.name(node))?.bound.all ?? [];
  return (
    bindings.length > 0 &&
    bindings.every(({ node: target }) => {
      const value = target.parent!.name === 'AssignStatement' ? target.parent!.children.at(-1)! : undefined;
      const callee = value?.name === 'CallExpression' ? value.children[0]! : undefined;
      return callee !== undefined && isRequest(text, callee);
    })
  );
}

function isRequest(text: PythonText, callee: CodeNode): boolean {
  const start = /^\w+/.exec(text.slice(callee))![0];
  const path = text.scopes.get(callee)!.resolve(start)?.bound.member?.path;
  return (
    path !== undefined && `${path}${text.slice(callee).slice(start.length)}` === 'urllib.request.Request'
  );
}
