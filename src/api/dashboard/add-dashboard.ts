/**
 * Serves the dashboard: its files, which never change under one name, and one page for every route that it draws itself.
 * People who come by an address that leads nowhere get that page too, with the status 404; programs get a problem.
 */
import { join } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { PortcullisError } from '../../errors.ts';
import { BuiltFiles, type BuiltFile, type Encoding } from './built-files.ts';

/** Nothing inline, nothing from elsewhere. */
const PAGE_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** First segments of the paths that the dashboard draws. */
const PAGES = [
  'approvals',
  'decisions',
  'grants',
  'join',
  'log',
  'policies',
  'second-factor',
  'servers',
  'settings',
  'sign-in',
  'new-password',
  'stack',
  'start',
  'welcome',
];

/** Beside the program file, beside its chunks, or above the sources. */
const FOLDERS = ['web', '../web', '../../../dist/web'].map((path) => join(import.meta.dirname, path));

/** Beginnings of paths that programs ask for, whatever they say they accept. */
const FOR_PROGRAMS = ['/api/', '/mcp', '/sse', '/message', '/.well-known/', '/assets/'];

const PREFERENCE: readonly Encoding[] = ['br', 'gzip', 'identity'];

export function addDashboard(
  app: Hono<{ Bindings: HttpBindings }>,
  folders: readonly string[] = FOLDERS,
): void {
  const files = new BuiltFiles(folders);

  app.get('/assets/:name', async (context) => {
    const file = await files.get(`assets/${context.req.param('name')}`);
    if (file === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'file' });
    context.header('cache-control', 'public, max-age=31536000, immutable');
    return send(context, file);
  });

  const page = async (context: Context): Promise<Response> => {
    const file = await files.get('index.html');
    if (file === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'dashboard' });
    pageHeaders(context);
    return send(context, file);
  };
  app.get('/', page);
  for (const name of PAGES) {
    app.get(`/${name}`, page);
    app.get(`/${name}/*`, page);
  }

  app.notFound(async (context) => {
    const file = isForPeople(context) ? await files.get('index.html') : undefined;
    if (file === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'page' });
    pageHeaders(context);
    context.header('vary', 'accept');
    return context.body(new Uint8Array(await file.bytes('identity')), 404, { 'content-type': file.type });
  });
}

function pageHeaders(context: Context): void {
  context.header('content-security-policy', PAGE_SECURITY);
  context.header('cross-origin-opener-policy', 'same-origin');
  context.header('cache-control', 'no-cache');
}

/** Browsers name HTML when they go somewhere; programs do not, nor do scripts of pages. */
function isForPeople({ req }: Context): boolean {
  const asksToSee = req.method === 'GET' || req.method === 'HEAD';
  return (
    asksToSee &&
    (req.header('accept') ?? '').toLowerCase().includes('text/html') &&
    !FOR_PROGRAMS.some((beginning) => req.path.startsWith(beginning))
  );
}

async function send(context: Context, file: BuiltFile): Promise<Response> {
  context.header('etag', file.tag);
  context.header('vary', 'accept-encoding');
  if (context.req.header('if-none-match') === file.tag) return context.body(null, 304);
  const accepted = acceptedEncodings(context.req.header('accept-encoding') ?? '');
  const encoding = PREFERENCE.find((one) => file.encodings.has(one) && accepted.has(one)) ?? 'identity';
  if (encoding !== 'identity') context.header('content-encoding', encoding);
  const bytes = await file.bytes(encoding);
  return context.body(new Uint8Array(bytes), 200, { 'content-type': file.type });
}

/** Names in an Accept-Encoding header (RFC 9110, section 12.5.3) but those with weight 0. */
function acceptedEncodings(header: string): ReadonlySet<string> {
  const named = header.split(',').map((entry) => entry.trim().toLowerCase().split(';'));
  return new Set(
    named.filter(([, weight = '']) => !/q=0(\.0*)?$/.test(weight.trim())).map(([name = '']) => name),
  );
}
