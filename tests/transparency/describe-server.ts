/** The promises to a real server, as tests: behind the gateway it looks as it does alone, and a denied call stays away from it. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import { look } from './look.ts';
import { fill, workFolder, type RealServer } from './servers.ts';
import { configured, registered, wrapped, type Way } from './ways.ts';

/** Declares the tests of one server. */
export function describeServer(server: RealServer): void {
  const title = `${server.name} ${server.version}`;
  const reason = server.skip ?? (needsBrowser(server) && noChromium ? 'there is no Chromium' : undefined);
  if (reason !== undefined) return void it.skip(`${title} (${reason})`);
  describe(title, () => {
    describe('behind portcullis wrap', () => describeWay(server, (folder) => wrapped(server, folder)));
    describe('as a command behind HTTP', () => describeWay(server, (folder) => configured(server, folder)));
    for (const http of server.http ?? [])
      describe(`behind HTTP over ${http.transport === 'sse' ? 'HTTP+SSE' : 'Streamable HTTP'}`, () =>
        describeWay(server, (folder) => registered(server, http, folder)));
  });
}

const needsBrowser = ({ args = [] }: RealServer): boolean => args.includes('{chromium}');

function describeWay(server: RealServer, open: (folder: string) => Promise<Way>): void {
  const { eras = ['legacy'], capabilities = [{}], differs } = server;
  const folder = workFolder();
  let way: Way;
  beforeAll(async () => {
    way = await open(folder);
  });
  afterAll(async () => {
    await way?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const openings = eras.flatMap((era) => capabilities.map((set) => ({ era, capabilities: set })));
  it.each(openings)(
    '$era clients with $capabilities see the same bytes',
    { timeout: 90_000 },
    async (opening) => {
      const call = fill(server.call, folder);
      const direct = await look(await way.direct(opening), call, differs);
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
