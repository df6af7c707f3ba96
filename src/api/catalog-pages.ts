/** The public pages of the catalogue beside the API. They are loaded with the first request for one. */
import { randomBytes } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { loadAttacks, loadCatalogPages, type CatalogReader } from '../catalog/index.ts';
import type { Registry } from '../registry/index.ts';

export interface CatalogParts {
  readonly reader: CatalogReader;
}

const SECRET = 'contact.secret';

const PATHS = [
  ...['/catalog', '/risk', '/categories', '/attacks', '/contact'].flatMap((room) => [
    room,
    `${room}.md`,
    `${room}/*`,
  ]),
  '/llms.txt',
  '/robots.txt',
  '/sitemap.xml',
  '/:part{sitemap-[a-z0-9]+\\.xml}',
];

export function addCatalogPages(
  app: Hono<{ Bindings: HttpBindings }>,
  { store, now }: Pick<Registry, 'store' | 'now'>,
  publicUrl: string,
  { reader }: CatalogParts,
): void {
  let pages: ReturnType<typeof loadCatalogPages> | undefined;
  let secret: Promise<Uint8Array> | undefined;
  const forget = (thrown: unknown): never => {
    secret = undefined;
    throw thrown;
  };
  const contact = {
    messages: store.contactMessages,
    now,
    secret: () => (secret ??= sharedSecret(store).catch(forget)),
  };
  const serve = async ({ req, env }: Context<{ Bindings: HttpBindings }>): Promise<Response> => {
    pages ??= loadAttacks().then(({ ATTACKS }) =>
      loadCatalogPages({ reader, attacks: ATTACKS, publicUrl, contact }),
    );
    return (await pages).fetch(req.raw, env);
  };
  for (const path of PATHS) app.get(path, serve);
  app.post('/contact', serve);
}

/** All nodes have the same one: a form that one of them made may be sent to another. */
async function sharedSecret({ settings }: Registry['store']): Promise<Uint8Array> {
  return Buffer.from(await settings.init(SECRET, randomBytes(32).toString('base64')), 'base64');
}
