/** The catalogue's pages over a small index, on a port of their own. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { ContactMessageRow } from '../../src/store/index.ts';
import { HOSTILE } from '../../src/catalog/pages/testing/hostile-servers.ts';
import { samplePages } from '../../src/catalog/pages/testing/sample-pages.ts';
import { SAMPLES } from '../../src/catalog/pages/testing/samples.ts';

export interface ServedPages {
  readonly url: string;
  readonly letters: readonly ContactMessageRow[];
  /** Moves the clock by which forms are judged. */
  advance(ms: number): void;
  close(): void;
}

export async function serveCataloguePages(): Promise<ServedPages> {
  const server = await listening(createServer());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const letters: ContactMessageRow[] = [];
  let now = Date.UTC(2026, 0, 1);
  const { app } = samplePages({
    servers: [...SAMPLES, HOSTILE],
    publicUrl: url,
    contact: {
      messages: {
        async accept(letter) {
          letters.push(letter);
          return true;
        },
      },
      secret: async () => new Uint8Array(32),
      now: () => now,
    },
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (request, response) => void listener(request, response));
  return {
    url,
    letters,
    advance: (ms) => void (now += ms),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
