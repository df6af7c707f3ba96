/** What authorization servers and the browsers they send back ask for: outside the contract, because they have no API key. */
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { PortcullisError, toPortcullisError } from '../errors.ts';
import type { Logger } from '../gateway/index.ts';
import { recordEvent } from '../registry/index.ts';
import { clientIdUrl, clientMetadata } from '../upstreams/index.ts';
import { readBrowserCookie } from './browser-cookie.ts';
import type { Services } from './contract.ts';

const PAGE_SECURITY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

export function addConnectionPages(
  app: Hono<{ Bindings: HttpBindings }>,
  { connections, registry, publicUrl }: Services,
  logger: Logger,
): void {
  const metadata = { client_id: clientIdUrl(publicUrl), ...clientMetadata(publicUrl) };
  app.get('/oauth/client.json', (context) => {
    context.header('cache-control', 'public, max-age=3600');
    return context.json(metadata);
  });

  app.get('/oauth/callback', async (context) => {
    const parameters = new URL(context.req.url).searchParams;
    context.header('cache-control', 'no-store');
    context.header('content-security-policy', PAGE_SECURITY);
    let returnTo: string | undefined;
    let server = '';
    let problem: PortcullisError | undefined;
    try {
      const browser = readBrowserCookie(context.req.header('cookie'));
      const returned = await connections.returned(parameters.get('state') ?? '', browser);
      returnTo = returned.returnTo;
      server = returned.server.slug;
      await connections.finish(returned, parameters);
      const actor = { name: returned.actor, source: 'api' } as const;
      await recordEvent(registry, actor, 'server.connected', returned.server.id, { slug: server });
    } catch (thrown) {
      problem = toPortcullisError(thrown);
      logger.warn({ code: problem.code, server }, problem.message);
    }
    if (returnTo !== undefined) {
      const target = new URL(returnTo, publicUrl);
      target.searchParams.set(problem === undefined ? 'connected' : 'connect_error', problem?.code ?? server);
      return context.redirect(target.href, 303);
    }
    return context.html(
      page(server, problem, publicUrl),
      problem?.status === 404 ? 404 : problem ? 400 : 200,
    );
  });
}

function page(server: string, problem: PortcullisError | undefined, publicUrl: string) {
  const said =
    problem?.code === 'PC_API_NOT_FOUND'
      ? 'This sign-in is unknown, too old, already used, or was begun in another browser. Begin it again.'
      : (problem?.message ?? `Portcullis is connected to ${server}. You can close this page.`);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${problem === undefined ? 'Connected' : 'Not connected'} · Portcullis</title>
      </head>
      <body>
        <main>
          <h1>${problem === undefined ? 'Connected' : 'Not connected'}</h1>
          <p>${said}</p>
          <p><a href="${publicUrl}/">Portcullis</a></p>
        </main>
      </body>
    </html>`;
}
