/** Answers with what caches and browsers need: validators, lifetimes, and a policy under which nothing foreign loads or runs. */
import { createHash } from 'node:crypto';
import { pageHtml } from './blocks/page-html.ts';
import { pageMarkdown } from './blocks/page-markdown.ts';
import type { PageContent } from './blocks/types.ts';
import type { Site } from './page-context.ts';
import type { Asset } from './assets/assets.ts';

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Forms must name their origin, which `no-referrer` would take away.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
} as const;

const SHORT = 'public, max-age=300, stale-while-revalidate=86400';
const LONG = 'public, max-age=31536000, immutable';

export type Kept = 'shared' | 'never';

export function respondPage(
  request: Request,
  page: PageContent,
  site: Site,
  form: { readonly markdown: boolean; readonly kept?: Kept },
): Response {
  const body = form.markdown ? pageMarkdown(page, site.publicUrl) : dense(String(pageHtml(page, site)));
  const type = form.markdown ? 'text/markdown; charset=utf-8' : 'text/html; charset=utf-8';
  const kept = form.kept ?? (page.status === 200 ? 'shared' : 'never');
  return respondText(request, body, type, page.status, kept, {
    ...(form.markdown && {
      link: `<${site.publicUrl}${page.path}>; rel="canonical"`,
      'x-robots-tag': 'noindex',
    }),
  });
}

export function respondText(
  request: Request,
  body: string,
  type: string,
  status = 200,
  kept: Kept = 'shared',
  more: Readonly<Record<string, string>> = {},
): Response {
  const headers: Record<string, string> = { ...SECURITY_HEADERS, ...more };
  if (kept === 'never')
    return new Response(body, {
      status,
      headers: { ...headers, 'content-type': type, 'cache-control': 'no-store' },
    });
  headers['etag'] = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  headers['cache-control'] = SHORT;
  if (isKnown(request.headers.get('if-none-match'), headers['etag']))
    return new Response(null, { status: 304, headers });
  return new Response(body, { status, headers: { ...headers, 'content-type': type } });
}

export function respondAsset({ content, type }: Asset): Response {
  return new Response(content, {
    headers: { ...SECURITY_HEADERS, 'content-type': type, 'cache-control': LONG },
  });
}

export function redirect(location: string, status: 301 | 303): Response {
  const kept = status === 301 ? SHORT : 'no-store';
  return new Response(null, { status, headers: { ...SECURITY_HEADERS, location, 'cache-control': kept } });
}

/** RFC 9110, section 13.1.2: weak comparison. */
function isKnown(header: string | null, tag: string): boolean {
  if (header === null) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
}

/** Without the indentation of templates. What is shown as it stands keeps its lines. */
function dense(html: string): string {
  return html
    .split(/(<pre[^]*?<\/pre>|<textarea[^]*?<\/textarea>)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/\s*\n\s*/g, '\n')))
    .join('');
}
