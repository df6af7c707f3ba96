/**
 * The public pages of the catalogue as one application. They read, and take letters; nothing here needs a session. When
 * the index cannot be read, the error goes to whoever mounts them.
 */
import { Hono, type Context } from 'hono';
import { PortcullisError } from '../../errors.ts';
import { ASSETS } from './assets/assets.ts';
import type { PageContent } from './blocks/types.ts';
import { missingPage } from './browse/missing-page.ts';
import { plainPage } from './browse/plain-page.ts';
import { contactRoutes } from './contact/contact-routes.ts';
import { pageFor } from './page-for.ts';
import type { CatalogPagesOptions } from './options.ts';
import type { PageContext } from './page-context.ts';
import { askedPage } from './page-paths.ts';
import { redirect, respondAsset, respondPage, respondText } from './respond.ts';
import { llms } from './site/llms.ts';
import { robots } from './site/robots.ts';
import { Sitemap } from './site/sitemap.ts';
import { ToolOutlines } from './server/tool-outlines.ts';
import { namedPolicy } from './server/server-policy.ts';
import { printPolicy } from '../recommend/recommend.ts';

const XML = 'application/xml; charset=utf-8';
const PLAIN = 'text/plain; charset=utf-8';

export function createCatalogPages(options: CatalogPagesOptions): Hono {
  const { reader, attacks, publicUrl, contact } = options;
  const context: PageContext = {
    reader,
    attacks,
    publicUrl,
    outlines: new ToolOutlines(reader),
    hasContact: contact !== undefined,
  };
  const sitemap = new Sitemap(reader, attacks, publicUrl);
  const app = new Hono();
  const rooms = ['catalog', 'risk', 'categories', 'attacks'];

  for (const asset of Object.values(ASSETS)) app.get(asset.path, () => respondAsset(asset));
  app.get('/robots.txt', ({ req }) => respondText(req.raw, robots(publicUrl), PLAIN));
  app.get('/llms.txt', async ({ req }) => respondText(req.raw, await llms(context), PLAIN));
  app.get('/sitemap.xml', async ({ req }) => respondText(req.raw, await sitemap.index(), XML));
  app.get('/:file{sitemap-[a-z0-9]+\\.xml}', async ({ req }) => {
    const part = await sitemap.part(req.param('file').slice('sitemap-'.length, -'.xml'.length));
    return part === undefined ? missing(req.raw, []) : respondText(req.raw, part, XML);
  });
  app.get('/categories', () => redirect('/risk#classes', 301));
  app.get('/catalog/:file{[a-z0-9][a-z0-9-]*\\.policy\\.json}', ({ req }) =>
    policyFile(req.raw, req.param('file')),
  );
  for (const room of rooms) {
    app.get(`/${room}`, page);
    app.get(`/${room}.md`, page);
    app.get(`/${room}/*`, page);
  }
  if (contact !== undefined) contactRoutes(app, contact, context);
  app.notFound(({ req }) => missing(req.raw, []));
  // A page of results that is asked for wrongly; everything else is the mounting application's to answer.
  app.onError((thrown, { req }) => {
    if (!(thrown instanceof PortcullisError) || thrown.code !== 'PC_API_INVALID') throw thrown;
    const lead = 'The link to it is damaged or too old.';
    return respond(req.raw, plainPage(400, '/catalog', 'This page of results is not here', lead), false);
  });

  async function page({ req }: Context): Promise<Response> {
    const { pathname, searchParams } = new URL(req.url);
    if (pathname.length > 1 && pathname.endsWith('/'))
      return redirect(`${pathname.replace(/\/+$/, '')}${new URL(req.url).search}`, 301);
    const asked = askedPage(pathname);
    if (asked === undefined)
      return respond(
        req.raw,
        plainPage(400, '/catalog', 'This address cannot be read', 'It is not encoded as UTF-8.'),
        false,
      );
    const found = await pageFor(context, asked.segments, searchParams);
    if (found !== undefined) return respond(req.raw, found, asked.markdown);
    if (asked.markdown) {
      // A tool may be called like a twin.
      const whole = await pageFor(
        context,
        [...asked.segments.slice(0, -1), `${asked.segments.at(-1)}.md`],
        searchParams,
      );
      if (whole !== undefined && whole.status === 200) return respond(req.raw, whole, false);
    }
    return missing(req.raw, asked.segments, asked.markdown);
  }

  async function missing(request: Request, segments: readonly string[], markdown = false): Promise<Response> {
    return respond(request, await missingPage(context, segments), markdown);
  }

  function respond(request: Request, content: PageContent, markdown: boolean): Response {
    return respondPage(request, content, context, { markdown });
  }

  async function policyFile(request: Request, file: string): Promise<Response> {
    const slug = file.slice(0, -'.policy.json'.length);
    const server = await reader.server(slug);
    if (server === undefined) return missing(request, ['catalog', slug]);
    const policy = printPolicy(namedPolicy(server, await reader.tools(slug)));
    return respondText(request, `${policy}\n`, 'application/json', 200, 'shared', {
      'content-disposition': `attachment; filename="${slug.slice(0, 100)}.policy.json"`,
    });
  }

  return app;
}
