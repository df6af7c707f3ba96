// The same Node program as the gateway's data plane with everything but forwarding taken out: node:http in, undici out.
// usage: node bench/forward.mjs PORT UPSTREAM_URL
import { createServer } from 'node:http';
import { Pool } from 'undici';

const [port = '9001', upstream = 'http://127.0.0.1:9000/mcp'] = process.argv.slice(2);
const { origin, pathname } = new URL(upstream);
const pool = new Pool(origin, { connections: 128, pipelining: 1 });
const PASS = ['content-type', 'accept', 'mcp-session-id', 'mcp-protocol-version'];
const BACK = ['content-type', 'content-length', 'mcp-session-id'];

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

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    const options = {
      path: pathname,
      method: request.method,
      headers: picked(request.headers, PASS),
      body: body.length > 0 ? body : null,
    };
    pool.dispatch(options, new Answer(response));
  });
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
