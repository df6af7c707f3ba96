/** Legacy HTTP+SSE, and `portcullis wrap` in front of servers of both kinds. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FIXTURES, rawPost, sseLines, wrapCommand, type StdioPeer } from '../kit/index.ts';
import {
  callMessage,
  INITIALIZED,
  initializeMessage,
  listMessage,
  MODERN_META,
  namesOf,
} from './messages.ts';
import { outcomeOf } from './outcome-of.ts';
import type { Path } from './path.ts';
import { TOOLS_FILE, type Scene } from './scene.ts';

export const linePaths: readonly Path[] = [
  legacySse(),
  wrap('a command', {}, true),
  wrap('a command', MODERN_META, true),
  wrap('a URL', {}, false),
];

function legacySse(): Path {
  return {
    name: 'legacy HTTP+SSE',
    open: async (scene, document) => {
      const caller = await scene.caller('json', document);
      const origin = scene.gateway.url;
      const stream = await sseLines(`${origin}/sse/${caller.slug}`, { headers: caller.headers });
      const endpoint = (await stream.until(/^data: ?\/message/)).replace(/^data: ?/, '');
      const post = (body: string): Promise<unknown> => rawPost(`${origin}${endpoint}`, body, caller.headers);
      const ask = async (body: string): Promise<unknown> => {
        await post(body);
        return stream.message();
      };
      await ask(initializeMessage('2024-11-05'));
      await post(INITIALIZED);
      return {
        call: async (call, mark) => outcomeOf(await ask(callMessage(scene.next(), call, mark))),
        list: async () => namesOf(await ask(listMessage(scene.next()))),
        close: async () => {
          stream.close();
          await stream.ended;
        },
      };
    },
  };
}

/** @param meta `_meta` of every request; with that of 2026-07-28 there is no handshake */
function wrap(what: string, meta: object, isCommand: boolean): Path {
  const isModern = Object.keys(meta).length > 0;
  return {
    name: `wrap in front of ${what}, ${isModern ? '2026-07-28' : '2025-11-25'}`,
    open: async (scene, document) => {
      const home = join(scene.folder, `wrap-${scene.next()}`);
      await mkdir(home);
      const [policy, log] = [join(home, 'policy.json'), join(home, 'lines.jsonl')];
      await writeFile(policy, JSON.stringify(document));
      await writeFile(log, '');
      const target = isCommand
        ? ['--', process.execPath, join(FIXTURES, 'recorder-stdio.mjs')]
        : ['--upstream', scene.recorder.url];
      const peer = wrapCommand(['--policy', policy, ...target], {
        env: { PORTCULLIS_HOME: home, LOG_FILE: log, TOOLS_FILE, ...scene.env },
      });
      if (!isModern) await peer.initialize();
      return {
        call: async (call, mark) =>
          outcomeOf(await exchange(peer, scene, (id) => callMessage(id, call, mark, meta))),
        list: async () =>
          namesOf(await exchange(peer, scene, (id) => listMessage(id, isModern ? meta : undefined))),
        ...(isCommand ? { arrived: async () => (await readFile(log, 'utf8')).split('\n') } : {}),
        close: async () => void (await peer.leave()),
      };
    },
  };
}

async function exchange(peer: StdioPeer, scene: Scene, message: (id: number) => string): Promise<unknown> {
  const id = scene.next() + 1000;
  peer.writeLine(message(id));
  // What cannot be read has no id to answer to.
  return peer.waitFor((answer) => (answer.id === id || answer.id === null) && answer.method === undefined);
}
