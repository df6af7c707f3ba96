/** Promise: what a policy keeps from coming back does not come back in an error either, nor beside an answer, whatever its form. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  FIXTURES,
  guardServer,
  rawPost,
  startFixture,
  startGateway,
  wrapCommand,
  type Fixture,
  type RawAnswer,
  type TestGateway,
} from '../kit/index.ts';

const SECRET = 'hunter2222';
const CALL = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{}}}';

let gateway: TestGateway;
let recorder: Fixture;
beforeAll(async () => {
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder', {})]);
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
});

it.each(['leak-error', 'leak-status', 'leak-page'])('%s', async (mode) => {
  expect((await answer(mode, {})).text).toContain(SECRET);
  const judged = await answer(mode, { results: { redact: ['secrets'] } });
  expect(judged.text).not.toContain(SECRET);
  if (mode !== 'leak-page') expect(judged.text).toContain('[redacted: secret]');
});

describe('beside an answer', () => {
  /** What the client answers by, and where it sends its person, is left alone. */
  const HANDLES = ['"password=of-the-client"', 'https://sign.in.test/?secret=of-the-link'];

  const expectClean = (text: string): void => {
    expect(text).not.toContain(SECRET);
    expect(text.match(/\[redacted: secret\]/g)).toHaveLength(3);
    for (const handle of HANDLES) expect(text).toContain(handle);
  };

  it('over HTTP', async () => {
    expect((await answer('leak-aside', {})).text).toContain(SECRET);
    expectClean((await answer('leak-aside', { results: { redact: ['secrets'] } })).text);
  });

  it('on standard streams, where it names no call', async () => {
    const home = await mkdtemp(join(tmpdir(), 'portcullis-asides-'));
    const said = async (rules: object): Promise<string> => {
      const policy = join(home, 'policy.json');
      await writeFile(policy, JSON.stringify({ version: '1', default: 'allow', tools: { other: rules } }));
      const server = [process.execPath, join(FIXTURES, 'recorder-stdio.mjs')];
      const env = { PORTCULLIS_HOME: home, MODE: 'leak-aside', ON: 'tools/call' };
      const peer = wrapCommand(['--policy', policy, '--', ...server], { env });
      await peer.initialize({ elicitation: { url: {} } });
      await peer.callTool('echo');
      await peer.leave();
      return peer.lines.join('\n');
    };
    expect(await said({})).toContain(SECRET);
    expectClean(await said({ results: { redact: ['secrets'] } }));
    await rm(home, { recursive: true, force: true });
  });
});

async function answer(mode: string, rules: object): Promise<RawAnswer> {
  const url = `${recorder.url}?mode=${mode}`;
  const name = `${mode} ${Object.keys(rules).length}`;
  const policy = { version: '1', default: 'deny', tools: { echo: rules } };
  const { url: guarded, token } = await guardServer(gateway, { name, url }, policy);
  return rawPost(guarded, CALL, { authorization: `Bearer ${token}` });
}
