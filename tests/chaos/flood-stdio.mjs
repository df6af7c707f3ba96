/**
 * A stdio server that prints far too much before it answers a call. FLOOD says what: `lines` of plain text, or `endless`, one
 * line longer than any message may be.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const PIECE = 'x'.repeat(65_535);
const MEGABYTES = 80;

const ANSWERS = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'flood', version: '1.0.0' },
  }),
  'tools/list': () => ({ tools: [{ name: 'work', inputSchema: { type: 'object' } }] }),
  'tools/call': () => ({ content: [{ type: 'text', text: 'after the flood' }] }),
};

async function flood() {
  const end = process.env.FLOOD === 'lines' ? '\n' : '';
  for (let n = 0; n < MEGABYTES * 16; n++) await print(PIECE + end);
  await print('\n');
}

async function print(text) {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  if (method === 'tools/call') await flood();
  const result = ANSWERS[method]?.(params);
  const answer = result === undefined ? { error: { code: -32601, message: 'Method not found' } } : { result };
  await print(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
}
