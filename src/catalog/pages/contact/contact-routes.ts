import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { redirect, respondPage } from '../respond.ts';
import { contactPage, EMPTY_LETTER, sentPage } from './contact-page.ts';
import { newToken, receiveLetter } from './receive-letter.ts';
import type { Site } from '../page-context.ts';
import type { ContactDesk } from './types.ts';

/** The form, what it sends, and the page after it. */
export function contactRoutes(app: Hono, desk: ContactDesk, site: Site): void {
  app.get('/contact', (context) => show(context, false));
  app.get('/contact.md', (context) => show(context, true));
  app.get('/contact/sent', ({ req }) =>
    respondPage(req.raw, sentPage(), site, { markdown: false, kept: 'never' }),
  );
  app.post('/contact', async ({ req, env }) => {
    const peer = (env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress;
    const received = await receiveLetter(desk, site.publicUrl, req.raw, peer);
    if (received === 'sent') return redirect('/contact/sent', 303);
    return respondPage(req.raw, received, site, { markdown: false, kept: 'never' });
  });

  async function show({ req }: Context, markdown: boolean): Promise<Response> {
    const token = newToken(await desk.secret(), desk.now());
    const page = contactPage(EMPTY_LETTER, { token, status: 200, errors: {} });
    return respondPage(req.raw, page, site, { markdown, kept: 'never' });
  }
}
