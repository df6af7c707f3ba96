/** What lies under /api/auth: the library's routes, behind our own checks. */
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Accounts } from '../accounts/index.ts';
import { PortcullisError } from '../errors.ts';
import type { Gate } from './gate.ts';

const MOST_BYTES = 64 * 1024;

export function addAuthDoor(app: Hono<{ Bindings: HttpBindings }>, accounts: Accounts, gate: Gate): void {
  app.all('/api/auth/*', async (context) => {
    const { raw } = context.req;
    const body = raw.method === 'GET' ? undefined : await textOf(raw);
    const answer = await accounts.handle(raw, body, gate.addressOf(context));
    const headers = new Headers(answer.headers);
    headers.set('cache-control', 'no-store');
    return new Response(answer.body, { status: answer.status, headers });
  });
}

/** @throws PC_BODY_TOO_LARGE */
async function textOf(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new PortcullisError('PC_BODY_TOO_LARGE', { limit: MOST_BYTES });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
