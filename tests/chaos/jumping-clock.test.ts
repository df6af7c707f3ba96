/** Promise 6: a wall clock that jumps opens no limit and breaks no log. The clock of the process is bent by libfaketime. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callMany } from '../crash/calls.ts';
import {
  guardServer,
  portcullis,
  rawRequest,
  startFixture,
  startGateway,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';
import { fakeTime, noFakeTime } from '../kit/fake-time.ts';

const POLICY = { version: '1', default: 'deny', tools: { write_note: { rate_limit: '2/hour' } } };

describe.skipIf(noFakeTime)(
  noFakeTime ? 'a clock that jumps (there is no libfaketime)' : 'a clock that jumps',
  () => {
    const home = mkdtempSync(join(tmpdir(), 'portcullis-clock-'));
    const file = join(home, 'clock');
    let gateway: TestGateway;
    let recorder: Fixture;
    let guarded: Awaited<ReturnType<typeof guardServer>>;

    const jump = (offset: string): void => writeFileSync(file, `${offset}\n`);
    const call = async (): Promise<string | undefined> =>
      (await callMany(guarded, 'write_note', [randomUUID()], 1))[0]?.outcome;

    beforeAll(async () => {
      jump('+0');
      recorder = await startFixture('recorder');
      gateway = await startGateway({
        home,
        env: {
          LD_PRELOAD: fakeTime,
          FAKETIME_TIMESTAMP_FILE: file,
          FAKETIME_NO_CACHE: '1',
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
          DONT_FAKE_MONOTONIC: '1',
        },
      });
      guarded = await guardServer(gateway, { name: 'recorder', url: recorder.url }, POLICY);
    });
    afterAll(async () => {
      await gateway?.stop();
      await recorder?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    it('backwards gives nothing back', async () => {
      expect([await call(), await call(), await call()]).toEqual(['allowed', 'allowed', 'denied']);
      jump('-20h');
      expect(await call()).toBe('denied');
      expect((await rawRequest(`${gateway.url}/readyz`)).status).toBe(200);
    });

    it('forwards opens the next window once', async () => {
      jump('+2h');
      expect([await call(), await call(), await call()]).toEqual(['allowed', 'allowed', 'denied']);
      jump('+0');
      expect(await call()).toBe('denied');
    });

    it('leaves a log that verifies, with the times as they were', async () => {
      const { body } = await gateway.api<{ items: { at: number }[] }>('GET', '/decisions?limit=100');
      const hours = body.items.map(({ at }) => Math.round((at - Date.now()) / 3_600_000));
      expect(hours).toContain(-20);
      expect(hours).toContain(2);
      await gateway.stop();
      expect(await portcullis(home, 'log', 'verify')).toMatchObject({ code: 0 });
    });
  },
);
