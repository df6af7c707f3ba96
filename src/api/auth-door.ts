/** What lies under /api/auth: the library's routes, behind our own checks. */
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Accounts } from '../accounts/index.ts';
import { objectOf, type JsonObject } from '../json.ts';
import { invalid } from '../registry/index.ts';
import type { Gate } from './gate.ts';
import { hasNoBody, LARGEST_OF_ANYONE, readBody } from './read-body.ts';

export function addAuthDoor(app: Hono<{ Bindings: HttpBindings }>, accounts: Accounts, gate: Gate): void {
  app.all('/api/auth/*', async (context) => {
    const { raw } = context.req;
    const members = raw.method === 'GET' ? undefined : await membersOf(raw);
    const answer = await accounts.handle(raw, members, gate.addressOf(context));
    const headers = new Headers(answer.headers);
    headers.set('cache-control', 'no-store');
    return new Response(answer.body, { status: answer.status, headers });
  });
}

/** @throws PC_CONTENT_TYPE, PC_BODY_ENCODING, PC_BODY_TOO_LARGE, PC_JSON_*, PC_API_INVALID */
async function membersOf(request: Request): Promise<JsonObject> {
  if (hasNoBody(request)) return {};
  const members = objectOf(await readBody(request, LARGEST_OF_ANYONE));
  if (members === undefined) throw invalid('', 'Expected an object.');
  return members;
}
