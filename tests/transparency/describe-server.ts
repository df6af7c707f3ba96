/** The promises to a real server, as tests: behind the gateway it looks as it does alone, and a denied call stays away from it. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import { look, type Look } from './look.ts';
import { fill, workFolder, type RealServer } from './servers.ts';
import { configured, registered, wrapped, type Way } from './ways.ts';

/** Declares the tests of one server. */
export function describeServer(server: RealServer): void {
  const title = `${server.name} ${server.version}`;
  const reason = server.skip ?? (needsBrowser(server) && noChromium ? 'there is no Chromium' : undefined);
  if (reason !== undefined) return void it.skip(`${title} (${reason})`);
  describe(title, () => {
    const folder = workFolder();
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const stdio = { server, folder, alone: new Map() };
    describe('behind portcullis wrap', () => describeWay(stdio, () => wrapped(server, folder)));
    describe('as a command behind HTTP', () => describeWay(stdio, () => configured(server, folder)));
    for (const http of server.http ?? [])
      describe(`behind HTTP over ${http.transport === 'sse' ? 'HTTP+SSE' : 'Streamable HTTP'}`, () =>
        describeWay({ server, folder, alone: new Map() }, () => registered(server, http, folder)));
  });
}

interface Seen {
  readonly server: RealServer;
  readonly folder: string;
  /** What each opening shows without a gateway, once it was looked at: the same for all ways over one transport. */
  readonly alone: Map<string, Look>;
}

const needsBrowser = ({ args = [] }: RealServer): boolean => args.includes('{chromium}');

function describeWay({ server, folder, alone }: Seen, open: () => Promise<Way>): void {
  const { eras = ['legacy'], capabilities = [{}], differs } = server;
  let way: Way;
  beforeAll(async () => {
    way = await open();
  });
  afterAll(() => way?.close());

  const openings = eras.flatMap((era) => capabilities.map((set) => ({ era, capabilities: set })));
  it.each(openings)(
    '$era clients with $capabilities see the same bytes',
    { timeout: 90_000 },
    async (opening) => {
      const call = fill(server.call, folder);
      const key = JSON.stringify(opening);
      const direct = alone.get(key) ?? (await look(await way.direct(opening), call, differs));
      alone.set(key, direct);
      const through = await look(await way.through('allow', opening), call, differs);
      expect(through).toEqual(direct);
      expect(
        Object.values(direct)
          .flat()
          .every((text) => text !== ''),
      ).toBe(true);
    },
  );

  const { deny } = server;
  if (deny === undefined) return;
  it.each(eras)('a denied call of a %s client never reaches it', { timeout: 60_000 }, async (era) => {
    const conversation = await way.through('deny', { era, capabilities: {} });
    try {
      const before = way.seen().length;
      const denied = await conversation.request('tools/call', { ...fill(deny, folder) });
      expect(denied.message.result).toMatchObject({ isError: true });
      expect(denied.text).toContain('not while testing');
      await conversation.request('tools/call', { ...fill(server.call, folder) });
      const sent = way.seen().slice(before);
      expect(sent).toContain(`"${server.call.name}"`);
      expect(sent).not.toContain(deny.name);
    } finally {
      await conversation.close();
    }
  });
}
