// The upstream of upstream.c in Node, for machines without a C compiler, and over standard input for bridges.
// usage: node bench/load/upstream.mjs PORT|stdio ANSWERS
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const [port, file] = process.argv.slice(2);
const parts = readFileSync(file, 'utf8').split('\0');
const answers = new Map();
for (let index = 0; index + 1 < parts.length; index += 2) answers.set(parts[index], parts[index + 1]);
let sessions = 0;

const answerTo = ({ id, method }) =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${answers.get(method) ?? '{}'}}`;

if (port === 'stdio') {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.id !== undefined) process.stdout.write(`${answerTo(message)}\n`);
  });
} else {
  createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST') return response.writeHead(405).end();
      const message = JSON.parse(Buffer.concat(chunks).toString());
      if (message.id === undefined) return response.writeHead(202).end();
      const stream = request.url.startsWith('/sse');
      const body = stream ? `event: message\ndata: ${answerTo(message)}\n\n` : answerTo(message);
      response.writeHead(200, {
        'content-type': stream ? 'text/event-stream' : 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(message.method === 'initialize' ? { 'mcp-session-id': `session-${(sessions += 1)}` } : {}),
      });
      response.end(body);
    });
  }).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
}
