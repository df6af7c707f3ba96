/**
 * Promise 2 before servers of other languages, whose parsers read some of the corpus otherwise than Node does: the C# one takes
 * names in any case, the Go one ends on a batch. What counts is the tap before the server: nothing of any case may arrive.
 */
import { existsSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, CORPUS, type Case } from '../bypass/cases.ts';
import { POLICY } from '../bypass/policy.ts';
import { isRefusal, send } from '../bypass/send.ts';
import { MCP_HEADERS, rawPost, startGateway, wrapCommand, type TestGateway } from '../kit/index.ts';
import { fill, scriptOf, SERVERS, workFolder } from './servers.ts';

/** Tools that the servers really have: what the corpus calls safe, and what it calls forbidden. */
const TOOLS = [
  ['@azure/mcp', 'C#', { safe: 'subscription_list', forbidden: 'group_list' }],
  ['kubernetes-mcp-server', 'Go', { safe: 'configuration_view', forbidden: 'pods_list' }],
] as const;

const TAP = fileURLToPath(new URL('tap-stdio.mjs', import.meta.url));
const OWN = new Set(['initialize', 'notifications/initialized', 'server/discover', 'tools/list', 'ping']);
const plain = (one: Case): boolean =>
  [one.path, one.method, one.session, one.foreignSession, one.foreignGrant].every(
    (part) => part === undefined,
  );
const OVER_HTTP = CORPUS.flatMap(([, cases]) => cases).filter(plain);
const ON_STDIO = OVER_HTTP.filter(
  (one) => one.gzip === undefined && one.headers === undefined && !bytesOf(one).includes(0x0a),
);

describe.each(TOOLS)('%s (%s)', (name, _language, tools) => {
  const server = SERVERS.find((one) => one.name === name)!;
  const script = scriptOf(server);
  const missing = !existsSync(script);
  const folder = workFolder();
  const log = join(folder, 'tap.log');
  const command = [process.execPath, TAP, process.execPath, script, ...fill(server.args ?? [], folder)];
  const env = { HOME: folder, TAP_FILE: log, ...fill(server.env ?? {}, folder) };
  const { safe, ...rest } = POLICY.tools;
  const policy = { ...POLICY, tools: { ...rest, [tools.safe]: safe } };
  /** The case as if it were made for this server. */
  const aimed = (one: Case): Buffer =>
    Buffer.from(
      bytesOf(one)
        .toString('latin1')
        .replaceAll('"safe"', `"${tools.safe}"`)
        .replaceAll('"forbidden"', `"${tools.forbidden}"`),
      'latin1',
    );
  const arrived = (): string[] =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !OWN.has((JSON.parse(line) as { method?: string }).method ?? ''));
  const call = { name: tools.safe, arguments: {} };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(missing)(
    `${missing ? '(npm run test:transparency installs it) ' : ''}hears nothing of ${ON_STDIO.length} hostile lines`,
    { timeout: 120_000 },
    async () => {
      writeFileSync(log, '');
      writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
      const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
      const peer = wrapCommand(['--policy', join(folder, 'policy.json'), ...variables, '--', ...command], {
        env: { PORTCULLIS_HOME: folder },
      });
      await peer.initialize();
      await peer.request('tools/call', call);
      expect(arrived()).toHaveLength(1);
      for (const one of ON_STDIO) {
        peer.process.child.stdin.write(Buffer.concat([aimed(one), Buffer.from('\n')]));
        // A denied call that answers in turn: when its answer is there, the line before has been read and judged.
        const barrier = await peer.callTool('no_such_tool');
        expect(barrier.result, one.name).toMatchObject({ isError: true });
      }
      await peer.request('tools/call', call);
      expect(arrived()).toHaveLength(2);
      await peer.leave();
    },
  );

  describe.skipIf(missing)('behind the HTTP gateway', () => {
    const token = `pcg_${randomBytes(32).toString('base64url')}`;
    let gateway: TestGateway;
    let url: string;
    let headers: Record<string, string>;
    beforeAll(async () => {
      writeFileSync(log, '');
      gateway = await startGateway({
        config: {
          servers: [{ name: 'real', command, env }],
          policies: [{ name: 'corpus', server: 'real', document: policy }],
          grants: [{ label: 'corpus', server: 'real', policy: 'corpus', token }],
        },
      });
      url = `${gateway.url}/mcp/real`;
      const authorization = { authorization: `Bearer ${token}` };
      const params = {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'x', version: '1' },
      };
      const opened = await rawPost(url, message('initialize', params), authorization);
      const session = { 'mcp-session-id': String(opened.headers['mcp-session-id']) };
      headers = { ...MCP_HEADERS, ...authorization, ...session };
      await rawPost(url, '{"jsonrpc":"2.0","method":"notifications/initialized"}', headers);
    });
    afterAll(() => gateway?.stop());

    it(`hears nothing of ${OVER_HTTP.length} hostile bodies`, { timeout: 120_000 }, async () => {
      expect((await rawPost(url, message('tools/call', call), headers)).status).toBe(200);
      expect(arrived()).toHaveLength(1);
      for (const one of OVER_HTTP) {
        const all: Record<string, string> = { ...headers };
        for (const [key, value] of Object.entries(one.headers ?? {})) {
          if (value === null) delete all[key];
          else all[key] = value.replaceAll('TOKEN', token);
        }
        const answer = await send({
          origin: gateway.url,
          path: '/mcp/real',
          method: 'POST',
          headers: all,
          body: one.gzip === undefined ? aimed(one) : bytesOf(one),
        });
        expect(
          answer.status === 202 || isRefusal(answer),
          `${one.name}: ${answer.status} ${answer.text}`,
        ).toBe(true);
      }
      expect((await rawPost(url, message('tools/call', call), headers)).status).toBe(200);
      expect(arrived()).toHaveLength(2);
    });
  });
});

const message = (method: string, params: object): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 'own', method, params });
