/** Promises 7 and 8 on a network that swallows packets: nobody is told that the other side is gone, and nothing is invented. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  rawRequest,
  startGateway,
  type GuardedServer,
  type RunningProcess,
  type TestGateway,
} from '../kit/index.ts';
import { logged, sendCall, textOfAnswer, type Sent } from './clients.ts';
import { expectNoLeak, footprint } from './footprint.ts';
import { makeLink } from './link.ts';

const link = makeLink();
/** In a network of its own, where every port is free. */
const PORT = '8931';
const OTHER_PORT = '8932';

describe.skipIf(link === undefined)(
  link === undefined ? 'a link that goes down (this process may not make one)' : 'a link that goes down',
  () => {
    let gateway: TestGateway;
    let server: RunningProcess;
    let prompt: GuardedServer;
    let silent: GuardedServer;
    const start = async (port = PORT): Promise<void> => {
      server = link!.serve('recorder', { PORT: port });
      await server.line(/listening on/);
    };
    beforeAll(async () => {
      await start();
      gateway = await startGateway();
      const origin = `http://${link!.host}:${PORT}`;
      const all = { version: '1', default: 'allow' };
      prompt = await guardServer(gateway, { name: 'prompt', url: `${origin}/mcp` }, all);
      silent = await guardServer(gateway, { name: 'silent', url: `${origin}/mcp?mode=hang` }, all);
    });
    afterAll(async () => {
      link!.up();
      await gateway?.stop();
      await server?.stop();
      link!.remove();
    });

    const call = (guarded: GuardedServer): Sent =>
      sendCall(guarded, 'modern', undefined, 'tools/call', { name: 'echo', arguments: { text: 'here' } });

    it('leaves a call under way unknown once its client has given up, and no socket behind', async () => {
      expect(await textOfAnswer(call(prompt))).toContain('here');
      const before = await footprint(gateway);
      const sent = call(silent);
      // The second call shows that the first one has arrived, over the same connections.
      expect(await textOfAnswer(call(prompt))).toContain('here');
      link!.down();
      void sent.answer.catch(() => {});
      sent.giveUp();
      expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'unknown' });
      link!.up();
      expect(await textOfAnswer(call(prompt))).toContain('here');
      await expectNoLeak(gateway, before);
    });

    it('half-open connections to a server that was started anew make no second call of one', async () => {
      expect(await textOfAnswer(call(prompt))).toContain('here');
      link!.down();
      await server.stop('SIGKILL');
      await start();
      link!.up();
      const sent = call(prompt);
      const text = await textOfAnswer(sent);
      const { outcome } = await logged(gateway, sent.id);
      const told = text.includes('PC_UPSTREAM') ? 'unknown' : text.includes('here') ? 'allow' : text;
      expect(outcome).toBe(told);
      const made = await rawRequest(`http://${link!.host}:${PORT}/log`);
      expect(made.text.split(sent.id).length - 1).toBe(told === 'allow' ? 1 : 0);
      expect(await textOfAnswer(call(prompt))).toContain('here');
    });

    it('a call that cannot even begin is answered within the time to connect, and provably was not made', async () => {
      link!.down();
      const url = `http://${link!.host}:${OTHER_PORT}/mcp`;
      // Sliding, because a fixed hour may end between two calls.
      const limits = [{ counter: 'echoes', window: 'hour', max: 1, algorithm: 'sliding' }];
      const limited = { version: '1', default: 'deny', tools: { echo: { limits } } };
      const fresh = await guardServer(gateway, { name: 'fresh', url }, limited);
      await server.stop('SIGKILL');
      const sent = call(fresh);
      expect(await textOfAnswer(sent)).toContain('PC_UPSTREAM_UNREACHABLE');
      expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'error', dispatched: false });
      await start(OTHER_PORT);
      link!.up();
      // What it had reserved was given back.
      expect(await textOfAnswer(call(fresh))).toContain('here');
      expect(await textOfAnswer(call(fresh))).toContain('[POLICY DENIED]');
    });
  },
);
