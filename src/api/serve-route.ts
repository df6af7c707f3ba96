/** What every route has in common: who calls, what was sent, what comes back. */
import type { Context } from 'hono';
import { PortcullisError } from '../errors.ts';
import { confirm, ROLES, type Role } from '../registry/index.ts';
import { checkInput } from './check-input.ts';
import type { Answer, Caller, Route, RouteCall, Services } from './contract.ts';
import { entityTag, expectedVersion } from './if-match.ts';
import type { KeyRing } from './key-ring.ts';
import { readBody } from './read-body.ts';

export const PREFIX = '/api/v1';

export function serveRoute(
  route: Route,
  services: Services,
  keys: KeyRing,
): (context: Context) => Promise<Response> {
  return async ({ req }) => {
    const caller = await keys.caller(req.header('authorization'));
    if (!mayAct(caller, route.role)) throw new PortcullisError('PC_API_FORBIDDEN', { role: caller.role });
    const call = {
      services,
      caller,
      parameters: req.param(),
      query: route.query === undefined ? refuseQuery(req.query()) : checkInput(route.query, req.query()),
      body: await bodyOf(route, req.raw),
      expectedVersion: expectedVersion(req.header('if-match')),
      signal: req.raw.signal,
    } as RouteCall<never, never>;
    if (route.changes === undefined) return response(route, await route.handle(call));
    const { value, confirmed } = await confirm(services.registry, () => route.handle(call));
    return response(route, value, confirmed);
  };
}

export function mayAct(caller: Caller, role: Role): boolean {
  return ROLES.indexOf(caller.role) >= ROLES.indexOf(role);
}

async function bodyOf(route: Route, request: Request): Promise<unknown> {
  if (route.body === undefined) return undefined;
  const isEmpty = request.body === null || request.headers.get('content-length') === '0';
  if (isEmpty && route.body.safeParse(undefined).success) return undefined;
  return checkInput(route.body, await readBody(request));
}

/** A filter that is not known must not be taken for one that matched everything. */
function refuseQuery(query: Readonly<Record<string, string>>): undefined {
  const problems = Object.keys(query).map((name) => ({
    pointer: `/${name}`,
    message: 'This parameter is not known.',
  }));
  if (problems.length > 0) throw new PortcullisError('PC_API_INVALID', {}, { problems });
}

function response(route: Route, answer: Answer, confirmed?: boolean): Response {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (answer.version !== undefined) headers['etag'] = entityTag(answer.version);
  if (answer.location !== undefined) headers['location'] = `${PREFIX}${answer.location}`;
  if (confirmed !== undefined) headers['portcullis-confirmed'] = String(confirmed);
  if (answer.stream !== undefined) {
    const streamed = { ...headers, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
    return new Response(answer.stream, { status: route.status, headers: streamed });
  }
  if (answer.body === undefined) return new Response(null, { status: route.status, headers });
  headers['content-type'] = 'application/json';
  return new Response(JSON.stringify(answer.body), { status: route.status, headers });
}
