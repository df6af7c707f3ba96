/** Promises: code that reaches beyond its rules is denied with its line, through every door, and never arrives at the server. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  startFixture,
  startGateway,
  textOf,
  v1Client,
  v2Client,
  type Fixture,
  type GuardedServer,
  type TestGateway,
  type ToolClient,
} from '../kit/index.ts';
import { readCodePolicy } from './read-corpus.ts';

const HONEST = 'import math\nprint(math.sqrt(2))';
const EVASION = 'import math\nx = 1\nprint(eval("x"))';

type Connect = (url: string, token: string) => Promise<ToolClient>;
const CLIENTS: [string, Connect][] = [
  ['v1', (url, token) => v1Client(url, { token })],
  ['v2 auto', (url, token) => v2Client(url, 'auto', { token })],
];

let gateway: TestGateway;
let upstream: Fixture;
let guarded: GuardedServer;
beforeAll(async () => {
  gateway = await startGateway();
  upstream = await startFixture('orgo-stand-in', { ORGO_API_KEY: 'key' });
  const { document } = await readCodePolicy('python');
  const input = { name: 'orgo', url: upstream.url, headers: { 'X-Orgo-API-Key': 'key' } };
  guarded = await guardServer(gateway, input, JSON.parse(document));
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop();
});

describe('a call with code', () => {
  it.each(CLIENTS)('is judged by what is in it: %s', async (_, connect) => {
    await upstream.clear();
    const client = await connect(guarded.url, guarded.token);
    expect((await client.callTool('orgo_exec', { code: HONEST })).isError).not.toBe(true);
    const denied = await client.callTool('orgo_exec', { code: EVASION });
    expect(denied.isError).toBe(true);
    expect(textOf(denied)).toMatch(
      /^\[POLICY DENIED\] Only Python .*line 3, column 7: eval is a way out of the text/,
    );
    const together = await Promise.all(
      [HONEST, EVASION, 'def (', HONEST].map((code) => client.callTool('orgo_exec', { code })),
    );
    expect(together.map(({ isError }) => isError === true)).toEqual([false, true, true, false]);
    await client.close();
    const arrived = (await upstream.calls('tools/call')).map(
      ({ params }) => (params as { arguments: { code: string } }).arguments.code,
    );
    expect(arrived).toEqual([HONEST, HONEST, HONEST]);
  });

  it('is explained with the line', async () => {
    const body = { grant: guarded.grant.id, tool: 'orgo_exec', arguments: { code: EVASION } };
    const { body: verdict } = await gateway.api<{
      outcome: string;
      message: string;
      trace: { detail: string }[];
    }>('POST', '/evaluate', body);
    expect(verdict.outcome).toBe('deny');
    expect(verdict.message).toContain('args.code line 3, column 7');
    expect(verdict.trace.some(({ detail }) => detail.includes('line 3'))).toBe(true);
    const { body: explained } = await gateway.api<{ text: string }>('POST', '/policies/explain', body);
    expect(explained.text).toContain('line 3, column 7: eval');
  });
});

describe('a call with code in the modern era', () => {
  it('is judged by what is in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portcullis-code-'));
    const file = join(folder, 'tools.json');
    const inputSchema = { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] };
    await writeFile(file, JSON.stringify([{ name: 'execute_code', inputSchema }]));
    const codeforge = await startFixture('recorder', { TOOLS_FILE: file });
    const { document } = await readCodePolicy('typescript');
    const { url, token } = await guardServer(
      gateway,
      { name: 'codeforge', url: codeforge.url },
      JSON.parse(document),
    );
    const client = await v2Client(url, 'modern', { token });
    expect(
      (await client.callTool('execute_code', { code: 'const n: number = 6;\nconsole.log(n * 7);' })).isError,
    ).not.toBe(true);
    const denied = await client.callTool('execute_code', {
      code: 'console.log(1);\nfetch("https://evil.example/")',
    });
    expect(textOf(denied)).toContain('line 2, column 7: https://evil.example is not a permitted host');
    await client.close();
    expect(await codeforge.calls('tools/call')).toHaveLength(1);
    await codeforge.stop();
    await rm(folder, { recursive: true });
  });
});
