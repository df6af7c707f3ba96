/** Promises 7 and 8 for servers that are child processes: they hang, die, flood and babble, and none outlives the gateway. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FIXTURES, startGateway, type TestGateway } from '../kit/index.ts';
import { logged, openSession, sendCall, textOfAnswer, type Sent } from './clients.ts';
import { childrenOf, footprint } from './footprint.ts';

const RECORDER = join(FIXTURES, 'recorder-stdio.mjs');
const FLOOD = fileURLToPath(new URL('flood-stdio.mjs', import.meta.url));
const SERVERS: Record<string, readonly [script: string, env: Record<string, string>]> = {
  ...Object.fromEntries(
    ['hang', 'die', 'twice', 'foreign-id', 'noise', 'garbage', 'ignore-eof'].map((MODE) => [
      MODE,
      [RECORDER, { MODE: `legacy,${MODE}` }] as const,
    ]),
  ),
  'flood-lines': [FLOOD, { FLOOD: 'lines' }],
  'flood-endless': [FLOOD, { FLOOD: 'endless' }],
};
const token = `pcg_${randomBytes(32).toString('base64url')}`;

let gateway: TestGateway;
beforeAll(async () => {
  const names = Object.keys(SERVERS);
  const tokens = Object.fromEntries(
    names.map((name) => [name, `${token.slice(0, -2)}${names.indexOf(name)}A`]),
  );
  gateway = await startGateway({
    config: {
      servers: Object.entries(SERVERS).map(([name, [script, env]]) => ({
        name,
        command: [process.execPath, script],
        env,
      })),
      policies: names.map((name) => ({
        name: `${name}-all`,
        server: name,
        document: { version: '1', default: 'allow' },
      })),
      grants: names.map((name) => ({
        label: name,
        server: name,
        policy: `${name}-all`,
        token: tokens[name],
      })),
    },
  });
  guards = Object.fromEntries(
    names.map((name) => [
      name,
      { url: `${gateway.url}/mcp/${name}`, headers: { authorization: `Bearer ${tokens[name]}` } },
    ]),
  );
});
afterAll(() => gateway?.stop());

let guards: Record<string, { url: string; headers: { authorization: string } }>;
const guard = (name: string) => guards[name]!;

async function call(name: string): Promise<Sent> {
  return sendCall(guard(name), 'legacy', await openSession(guard(name)));
}

describe('a child that', () => {
  it.each(['noise', 'twice', 'ignore-eof'])('%s answers, and only once', async (name) => {
    const sent = await call(name);
    const text = await textOfAnswer(sent);
    expect(text.match(/"result"/g)).toHaveLength(1);
    expect(text).not.toContain('a log line');
    expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'allow', dispatched: true });
  });

  it('dies leaves an error, an unknown outcome, and room for the next', async () => {
    for (let n = 0; n < 3; n++) {
      const sent = await call('die');
      const text = await textOfAnswer(sent);
      expect(text).toContain('PC_UPSTREAM_DIED');
      expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'unknown', dispatched: 'unknown' });
    }
  });

  it.each(['hang', 'foreign-id', 'garbage'])('%s answers nothing, and the client may leave', async (name) => {
    const sent = await call(name);
    const others = await call('noise');
    expect(await textOfAnswer(others)).toContain('"result"');
    void sent.answer.then((answer) => answer.close()).catch(() => {});
    expect(gateway.logs()).not.toContain('not-yours');
  });

  it('floods with lines is heard when it answers', async () => {
    const { resident } = await footprint(gateway);
    const sent = await call('flood-lines');
    expect(await textOfAnswer(sent)).toContain('after the flood');
    expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'allow' });
    expect((await footprint(gateway)).resident - resident).toBeLessThan(150_000_000);
  });

  it('floods without a line end costs at most the size of one message', async () => {
    const { resident } = await footprint(gateway);
    const sent = await call('flood-endless');
    expect(await textOfAnswer(sent)).toContain('after the flood');
    await vi.waitFor(() => expect(gateway.logs()).toContain('too long'));
    expect((await footprint(gateway)).resident - resident).toBeLessThan(200_000_000);
  });
});

it(
  'no child outlives the gateway, not even one that ignores the end of its input',
  { timeout: 45_000 },
  async () => {
    const pids = childrenOf(gateway.pid());
    if (process.platform === 'linux') expect(pids.length).toBeGreaterThan(5);
    expect(await gateway.stop()).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 10_000);
  },
);
