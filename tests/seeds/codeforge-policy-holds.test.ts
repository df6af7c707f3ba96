/** Promises: execute_code runs, ten times a minute and grant, and no other tool, skill or prompt of CodeForge is within reach. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  startFixture,
  startGateway,
  textOf,
  v1Client,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { freshToken, LEGACY_CLIENTS } from './clients.ts';
import { denialOf } from './decision.ts';
import { seedPolicy } from './seed-policy.ts';
import { withinOneWindow } from './windows.ts';

const OTHERS = ['list_apis', 'update_skill', 'delete_skill'];

let gateway: TestGateway;
let codeforge: Fixture;
let guarded: GuardedServer;
beforeAll(async () => {
  [gateway, codeforge] = await Promise.all([startGateway(), startFixture('codeforge-stand-in')]);
  guarded = await guardServer(gateway, { name: 'codeforge', url: codeforge.url }, seedPolicy('codeforge'));
});
afterAll(async () => {
  await gateway.stop();
  await codeforge.stop();
});

describe('the CodeForge policy, unchanged', () => {
  it.each(LEGACY_CLIENTS)('lets %s run TypeScript, ten times a minute', { timeout: 120_000 }, (_, connect) =>
    withinOneWindow(60, async () => {
      await codeforge.clear();
      const client = await connect(guarded.url, await freshToken(gateway, guarded));
      const code = 'const n: number = 6; console.log(n*7)';
      const results = await Promise.all(
        Array.from({ length: 11 }, () => client.callTool('execute_code', { code })),
      );
      const [denied, ...more] = results.filter(({ isError }) => isError === true);
      expect(more).toEqual([]);
      const { text, meta } = denialOf(denied!);
      expect(text).toMatch(/resets in \d+ s/);
      expect(meta.retryAfterSeconds).toBeGreaterThanOrEqual(1);
      const ran = results.filter(({ isError }) => isError !== true);
      expect(ran.map((result) => textOf(result).trim())).toEqual(Array(10).fill('42'));
      expect(await codeforge.calls('tools/call')).toHaveLength(10);
      const another = await connect(guarded.url, await freshToken(gateway, guarded));
      expect(textOf(await another.callTool('execute_code', { code: 'console.log(6*7)' })).trim()).toBe('42');
      await client.close();
      await another.close();
      for (const { headers } of await codeforge.log()) expect(headers).not.toHaveProperty('authorization');
    }),
  );

  it.each(LEGACY_CLIENTS)('keeps everything else from %s', async (_, connect) => {
    await codeforge.clear();
    const client = await connect(guarded.url, await freshToken(gateway, guarded));
    expect((await client.listTools()).map(({ name }) => name)).toEqual(['execute_code']);
    for (const name of OTHERS) {
      const { text, meta } = denialOf(await client.callTool(name, {}));
      expect(`${text} ${meta.rule}`).toContain('(default deny)');
    }
    await client.close();
    expect(await codeforge.calls('tools/call')).toEqual([]);
  });

  it('keeps skills out of reach, as resources and as a prompt', async () => {
    const client = await v1Client(guarded.url, { token: await freshToken(gateway, guarded) });
    await codeforge.clear();
    await expect(client.sdk.readResource({ uri: 'skill://greet' })).rejects.toThrow('[POLICY DENIED]');
    await expect(client.sdk.getPrompt({ name: 'run_skill', arguments: { name: 'greet' } })).rejects.toThrow(
      '[POLICY DENIED]',
    );
    expect(await codeforge.calls('resources/read')).toEqual([]);
    expect(await codeforge.calls('prompts/get')).toEqual([]);
    await client.close();
  });
});
