/** A stdio server that behaves as its first argument says. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const [, , mode = 'normal', detail] = process.argv;
const say = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

if (mode === 'crash') {
  process.stderr.write(`cannot start with key ${process.env.API_KEY}\n`);
  process.exit(3);
}
if (mode === 'deaf') {
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 1000);
}
if (mode === 'family') {
  const child = spawn(
    process.execPath,
    ['-e', `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`],
    { stdio: 'inherit' },
  );
  say({ method: 'notifications/family', params: { pid: child.pid } });
}
if (mode === 'noisy') {
  process.stdout.write(
    'Server is starting…\n{"level":"info","msg":"a log line"}\n\n[1,2,3]\n{"jsonrpc":"2.0"}\n',
  );
  process.stderr.write('on stderr\n');
}
if (mode === 'early') say({ id: 'r1', method: 'roots/list' });
if (mode === 'flood') {
  const line = `${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/flood', params: { x: 'x'.repeat(10_000) } })}\n`;
  const pump = () => {
    while (process.stdout.write(line));
    process.stdout.once('drain', pump);
  };
  pump();
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  const token = params?._meta?.progressToken;
  if (method === 'echo') say({ id, result: { line } });
  if (method === 'environment')
    say({ id, result: { environment: process.env, cwd: process.cwd(), pid: process.pid } });
  if (method === 'progress') {
    say({ method: 'notifications/progress', params: { progressToken: token, progress: 1 } });
    say({ id, result: { done: true } });
  }
  if (method === 'subscriptions/listen') {
    say({
      method: 'notifications/subscriptions/acknowledged',
      params: { _meta: { 'io.modelcontextprotocol/subscriptionId': id } },
    });
  }
  if (method === 'hold') held.push(id);
  if (method === 'release')
    for (const waiting of held.splice(0)) say({ id: waiting, result: { released: true } });
  if (method === 'release') say({ id, result: {} });
  if (method === 'twice') {
    say({ id, result: { first: true } });
    say({ id, result: { second: true } });
    say({ id: 'foreign', result: {} });
  }
  if (method === 'ask') {
    say({ id: 'q1', method: 'elicitation/create' });
    say({ id, result: {} });
  }
  if (method === 'initialize') {
    say({
      id,
      result: {
        protocolVersion: '2025-06-18',
        capabilities: { tools: {} },
        serverInfo: { name: 'child', version: detail ?? '1' },
      },
    });
  }
  if (method === 'tools/list') {
    if (params?.cursor === undefined)
      say({
        id,
        result: {
          tools: [{ name: 'a', inputSchema: { type: 'object', maximum: 9007199254740993n.toString() } }],
          nextCursor: '',
        },
      });
    else say({ id, result: { tools: [{ name: 'b' }] } });
  }
  if (method === 'die') process.exit(7);
});
const held = [];
if (mode !== 'deaf') lines.on('close', () => process.exit(0));
