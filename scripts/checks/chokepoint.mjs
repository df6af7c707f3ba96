/**
 * One way to an upstream. Only the gateway opens one and sends to it; only src/upstreams speaks HTTP as a client or
 * starts processes. Tests are exempt: they play both sides.
 */
import { isTest, read, sourceImports } from './sources.mjs';

/** Whoever holds one of these can send. */
const KEYS = new Set(['createUpstream', 'Upstream', 'UpstreamSession', 'Outbound', '*']);
/** Modules that reach out, and the names in them that do; undefined means all. */
const CLIENTS = new Map([
  ['undici', undefined],
  ['oauth4webapi', undefined],
  ['node:child_process', undefined],
  ['node:http', new Set(['request', 'get', 'Agent', 'ClientRequest', 'default', '*'])],
  ['node:https', undefined],
  ['node:http2', undefined],
  ['node:net', new Set(['connect', 'createConnection', 'Socket', 'default', '*'])],
  ['node:tls', undefined],
]);

export async function checkChokepoint() {
  const problems = [];
  for (const { path, imports } of sourceImports()) {
    if (!isTest(path)) problems.push(...chokepointProblems(path, imports, read(path)));
  }
  return problems;
}

export function chokepointProblems(path, imports, text) {
  if (path.startsWith('src/upstreams/')) return [];
  const problems = [];
  const inGateway = path.startsWith('src/gateway/');
  for (const { from, names, typeOnly, line } of imports) {
    // A file inside of a package is as good as its front page.
    const client = from.replace(/^(undici|oauth4webapi)\/.*/, '$1');
    const reaching =
      CLIENTS.has(client) && !typeOnly ? names.filter((name) => CLIENTS.get(client)?.has(name) ?? true) : [];
    if (reaching.length > 0)
      problems.push(`${path}:${line} uses ${reaching.join(', ')} of ${from}: only src/upstreams may`);
    const keys =
      from.startsWith('src/upstreams/') && !inGateway ? names.filter((name) => KEYS.has(name)) : [];
    if (keys.length > 0) problems.push(`${path}:${line} imports ${keys.join(', ')}: only src/gateway may`);
  }
  const holdsUpstreams = imports.some(({ from }) => from.startsWith('src/upstreams/'));
  if (holdsUpstreams && !inGateway && /\.send\(/.test(text))
    problems.push(`${path} calls .send(: only src/gateway may`);
  if (/(?<![.\w])fetch\(/.test(text)) problems.push(`${path} calls fetch(: it is banned`);
  return problems;
}
