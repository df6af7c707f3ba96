// The cheapest MCP server that answers right: one process, Streamable HTTP, JSON or SSE answers.
// usage: node bench/upstream.mjs PORT [sse]
import { createServer } from 'node:http';

const [port = '9000', shape = 'json'] = process.argv.slice(2);
const tools = Array.from({ length: 20 }, (_, index) => ({
  name: `tool_${String(index).padStart(2, '0')}`,
  description: 'Reads one record.',
  inputSchema: {
    type: 'object',
    properties: {
      path: { type: 'string' },
      amount: { type: 'number' },
      env: { type: 'string' },
      pad: { type: 'string' },
    },
  },
}));
let sessions = 0;

function answer(method) {
  if (method === 'initialize') {
    return {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'bench', version: '1' },
    };
  }
  if (method === 'tools/list') return { tools };
  if (method === 'tools/call') return { content: [{ type: 'text', text: 'x'.repeat(64) }], isError: false };
  return {};
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const message = JSON.parse(Buffer.concat(chunks).toString());
    if (message.id === undefined) return response.writeHead(202).end();
    const headers = message.method === 'initialize' ? { 'mcp-session-id': `session-${++sessions}` } : {};
    const body = JSON.stringify({ jsonrpc: '2.0', id: message.id, result: answer(message.method) });
    if (shape === 'sse') {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
      return response.end(`event: message\ndata: ${body}\n\n`);
    }
    response.writeHead(200, {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
