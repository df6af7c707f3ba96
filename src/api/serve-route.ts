/** What every route has in common: who calls, what was sent, what comes back. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { PortcullisError } from '../errors.ts';
import { confirm } from '../registry/index.ts';
import { checkInput } from './check-input.ts';
import type { Answer, Caller, Route, RouteCall, Services } from './contract.ts';
import type { Gate } from './gate.ts';
import { entityTag, expectedVersion } from './if-match.ts';
import { hasNoBody, LARGEST_BODY, LARGEST_OF_ANYONE, readBody } from './read-body.ts';

export const PREFIX = '/api/v1';

export function serveRoute(
  route: Route,
  services: Services,
  gate: Gate,
): (context: Context<{ Bindings: HttpBindings }>) => Promise<Response> {
  return async (context) => {
    const { req } = context;
    const caller = await gate.admit(context, route.role);
    if (route.installation === true && caller.organization !== services.registry.organization)
      throw new PortcullisError('PC_API_FORBIDDEN', { role: 'of another organization' });
    const over = route.streams === true ? [gate.follow(context, route.role, caller)] : [];
    const registry = await gate.view(caller);
    const version = expectedVersion(req.header('if-match'), route.versioned === true);
    const call = {
      services: { ...services, registry },
      caller,
      parameters: req.param(),
      query: route.query === undefined ? refuseQuery(req.query()) : checkInput(route.query, req.query()),
      body: await bodyOf(route, req.raw),
      // Browsers leave the second out towards addresses that they do not trust.
      fromBrowser: caller.person !== undefined || req.header('sec-fetch-site') !== undefined,
      expectedVersion: version,
      request: req.raw,
      address: gate.addressOf(context),
      signal: AbortSignal.any([req.raw.signal, ...over]),
    } as RouteCall<never, never>;
    if (route.changes === undefined) return response(route, caller, await route.handle(call));
    const { value, confirmed } = await confirm(registry, () => route.handle(call));
    return response(route, caller, value, confirmed);
  };
}

async function bodyOf(route: Route, request: Request): Promise<unknown> {
  if (route.body === undefined) return undefined;
  if (hasNoBody(request) && route.body.safeParse(undefined).success) return undefined;
  return checkInput(
    route.body,
    await readBody(request, route.role === 'anyone' ? LARGEST_OF_ANYONE : LARGEST_BODY),
  );
}

/** A filter that is not known must not be taken for one that matched everything. */
function refuseQuery(query: Readonly<Record<string, string>>): undefined {
  const problems = Object.keys(query).map((name) => ({
    pointer: `/${name}`,
    message: 'This parameter is not known.',
  }));
  if (problems.length > 0) throw new PortcullisError('PC_API_INVALID', {}, { problems });
}

function response(route: Route, { person }: Caller, answer: Answer, confirmed?: boolean): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (answer.version !== undefined) headers.set('etag', entityTag(answer.version));
  if (answer.location !== undefined) headers.set('location', `${PREFIX}${answer.location}`);
  if (confirmed !== undefined) headers.set('portcullis-confirmed', String(confirmed));
  for (const cookie of answer.setCookie ?? person?.setCookie ?? []) headers.append('set-cookie', cookie);
  if (answer.stream !== undefined) {
    headers.set('content-type', 'text/event-stream');
    headers.set('x-accel-buffering', 'no');
    return new Response(answer.stream, { status: route.status, headers });
  }
  const text = answer.text ?? JSON.stringify(answer.body);
  if (text === undefined) return new Response(null, { status: route.status, headers });
  headers.set('content-type', 'application/json');
  return new Response(text, { status: route.status, headers });
}
