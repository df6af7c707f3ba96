// Closed-loop load over raw keep-alive sockets: each connection opens its own MCP session, then calls one tool after another.
// usage: node bench/load.mjs URL TOKEN CONNECTIONS WARM_SECONDS SECONDS ALLOWED|DENIED PAD_BYTES
// Prints one JSON line: {"warm":…} when the measured window opens and {"calls","bad","p50","p99"} when it closes.
import { connect } from 'node:net';

const [address, token, connections, warm, seconds, kind, pad] = process.argv.slice(2);
const url = new URL(address);
const latencies = [];
let calls = 0;
let bad = 0;
let measuring = false;
let stopped = false;
const right = kind === 'DENIED' ? '"isError":true' : '"isError":false';

function post(body, session) {
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `host: ${url.host}`,
    'content-type: application/json',
    'accept: application/json, text/event-stream',
    `authorization: Bearer ${token}`,
    ...(session === undefined ? [] : [`mcp-session-id: ${session}`, 'mcp-protocol-version: 2025-11-25']),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

// One whole response at the front of `text`, or undefined; chunked bodies end with the zero chunk.
function whole(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = text.slice(0, end).toLowerCase();
  const length = /content-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) {
    const size = end + 4 + Number(length);
    return text.length < size ? undefined : { head, size };
  }
  if (!head.includes('transfer-encoding: chunked')) return { head, size: end + 4 };
  const close = text.indexOf('0\r\n\r\n', end + 4);
  return close === -1 ? undefined : { head, size: close + 5 };
}

function client() {
  const socket = connect(Number(url.port), url.hostname);
  socket.setNoDelay(true);
  let received = '';
  let id = 0;
  let session;
  let sentAt = 0;
  let step = 'initialize';
  const request = (method, params) => JSON.stringify({ jsonrpc: '2.0', id: id++, method, params });
  const name = kind === 'DENIED' ? 'tool_denied' : 'tool_07';
  const call = () => {
    sentAt = performance.now();
    const args = { path: '/srv/data/file.txt', amount: 12, env: 'staging', pad: 'p'.repeat(Number(pad)) };
    socket.write(post(request('tools/call', { name, arguments: args }), session));
  };
  socket.on('connect', () => {
    const hello = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'load', version: '1' },
    };
    socket.write(post(request('initialize', hello)));
  });
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    const answer = whole(received);
    if (answer === undefined) return;
    const text = received.slice(0, answer.size);
    received = received.slice(answer.size);
    if (step === 'initialize') {
      session = /mcp-session-id: ([^\r\n]+)/i.exec(text)?.[1];
      step = 'initialized';
      socket.write(post(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }), session));
    } else if (step === 'initialized') {
      step = 'calls';
      call();
    } else {
      if (measuring) {
        calls += 1;
        latencies.push(performance.now() - sentAt);
        if (!text.includes(right)) bad += 1;
      }
      if (stopped) socket.end();
      else call();
    }
  });
  socket.on('error', () => (bad += 1));
}

for (let index = 0; index < Number(connections); index += 1) client();
setTimeout(
  () => {
    measuring = true;
    process.stdout.write(`${JSON.stringify({ warm: true })}\n`);
    setTimeout(
      () => {
        measuring = false;
        stopped = true;
        latencies.sort((a, b) => a - b);
        const at = (share) => Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 1000);
        process.stdout.write(`${JSON.stringify({ calls, bad, p50: at(0.5), p99: at(0.99) })}\n`);
        setTimeout(() => process.exit(0), 200);
      },
      Number(seconds) * 1000,
    );
  },
  Number(warm) * 1000,
);
