// What Node costs without a gateway: node:http in, undici out. With `checks` it also does the least that a gateway must do, so
// that the difference to one is the gateway's own: it hashes the token, parses the body, looks at three arguments, counts, and
// writes a line to a file in groups.
// usage: node bench/servers/forwarder.mjs PORT UPSTREAM_ORIGIN [checks TOKEN FILE]
import { createHash } from 'node:crypto';
import { openSync, write } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';

const [port, origin, checks, token, file] = process.argv.slice(2);
const pool = new Pool(origin, { connections: 128, pipelining: 1 });
const PASS = ['content-type', 'accept', 'mcp-session-id', 'mcp-protocol-version', 'mcp-method', 'mcp-name'];
const BACK = ['content-type', 'content-length', 'mcp-session-id'];
const hashOf = (text) => createHash('sha256').update(text).digest('hex');
const tokens = new Map([[hashOf(token ?? ''), { label: 'bench' }]]);
const log = checks === undefined ? undefined : openSync(file, 'a');
const window = { at: 0, count: 0, before: 0 };
let lines = [];

function picked(headers, names) {
  const chosen = {};
  for (const name of names) if (headers[name] !== undefined) chosen[name] = headers[name];
  return chosen;
}

class Answer {
  constructor(response) {
    this.response = response;
  }
  onRequestStart() {}
  onResponseStart(_controller, status, headers) {
    this.response.writeHead(status, picked(headers, BACK));
  }
  onResponseData(_controller, chunk) {
    this.response.write(chunk);
  }
  onResponseEnd() {
    this.response.end();
  }
  onResponseError() {
    if (!this.response.headersSent) this.response.writeHead(502);
    this.response.end();
  }
}

function counted(now) {
  const at = Math.floor(now / 60_000);
  if (window.at !== at) Object.assign(window, { at, before: window.count, count: 0 });
  window.count += 1;
  return window.before * (1 - (now % 60_000) / 60_000) + window.count < 1e9;
}

function passes(request, body) {
  const grant = tokens.get(hashOf((request.headers.authorization ?? '').slice(7)));
  const message = JSON.parse(body);
  if (grant === undefined) return false;
  if (message.method !== 'tools/call') return true;
  const { amount, path, env } = message.params.arguments;
  const now = Date.now();
  const good = amount <= 1000 && path.startsWith('/srv/') && env !== 'production' && counted(now);
  lines.push(
    JSON.stringify({ now, id: message.id, grant, tool: message.params.name, bytes: body.length, good }),
  );
  return good;
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    if (log !== undefined && !passes(request, body)) return response.writeHead(403).end();
    const options = {
      path: request.url,
      method: request.method,
      headers: picked(request.headers, PASS),
      body: body.length > 0 ? body : null,
    };
    pool.dispatch(options, new Answer(response));
  });
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));

if (log !== undefined)
  setInterval(() => {
    if (lines.length > 0) write(log, `${lines.join('\n')}\n`, () => {});
    lines = [];
  }, 50);
