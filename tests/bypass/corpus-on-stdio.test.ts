/** Promise: the corpus gets no further on standard streams than over HTTP. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIXTURES, wrapCommand } from '../kit/index.ts';
import { bytesOf, CORPUS, type Case } from './cases.ts';
import { POLICY } from './policy.ts';

/** Cases that are about a message and nothing of HTTP. A line feed would make two messages of one. */
const CASES = CORPUS.flatMap(([, cases]) => cases).filter(
  (one: Case) =>
    [one.gzip, one.headers, one.path, one.method, one.session, one.foreignSession, one.foreignGrant].every(
      (part) => part === undefined,
    ) && !bytesOf(one).includes(0x0a),
);

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-stdio-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

it(`lets nothing of ${CASES.length} hostile lines through`, { timeout: 120_000 }, async () => {
  const [policy, log] = [join(home, 'policy.json'), join(home, 'lines.log')];
  await writeFile(policy, JSON.stringify(POLICY));
  await writeFile(log, '');
  const command = [process.execPath, join(FIXTURES, 'recorder-stdio.mjs')];
  const peer = wrapCommand(['--policy', policy, '--', ...command], {
    env: { PORTCULLIS_HOME: home, LOG_FILE: log },
  });
  await peer.initialize();
  await peer.callTool('safe', { corpus: 'before' });
  for (const one of CASES) {
    peer.process.child.stdin.write(Buffer.concat([bytesOf(one), Buffer.from('\n')]));
    // A denied call that answers in turn: when its answer is there, the line before has been read and judged.
    const barrier = await peer.callTool('no_such_tool');
    expect(barrier.result, one.name).toMatchObject({ isError: true });
  }
  const last = await peer.callTool('safe', { corpus: 'after' });
  expect(JSON.stringify(last.result)).toContain('after');
  expect(await peer.leave()).toMatchObject({ code: 0 });
  const arrived = (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
  const own = ['initialize', 'notifications/initialized', 'server/discover', 'tools/list'];
  const others = arrived.filter((line) => !own.includes((JSON.parse(line) as { method: string }).method));
  expect(others).toEqual([expect.stringContaining('before'), expect.stringContaining('after')]);
});
