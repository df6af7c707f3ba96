import { randomBytes } from 'node:crypto';
import { recordEvent, requireServer } from '../../registry/index.ts';
import { browserCookie } from '../browser-cookie.ts';
import { route } from '../contract.ts';
import { connectInput, connectShape, disconnectShape } from '../shapes/connection.ts';

export const connectionRoutes = [
  route(
    {
      method: 'POST',
      path: '/servers/{id}/connect',
      role: 'admin',
      summary: 'Begins a sign-in at a server that wants OAuth; its address is good for ten minutes, once',
      body: connectInput,
      status: 200,
      answer: connectShape,
    },
    async ({ services: { registry, connections, publicUrl }, caller, parameters, body, fromBrowser }) => {
      const row = await requireServer(registry, parameters['id']!);
      const browser = fromBrowser ? randomBytes(24).toString('base64url') : undefined;
      const authorizationUrl = await connections.begin(row, {
        actor: caller.name,
        ...(browser === undefined ? {} : { browser }),
        ...(body?.returnTo === undefined ? {} : { returnTo: body.returnTo }),
      });
      await recordEvent(registry, caller, 'server.connect', row.id, {
        slug: row.slug,
        connected: authorizationUrl === null,
      });
      const answer = { authorizationUrl, connected: authorizationUrl === null };
      return browser === undefined
        ? { body: answer }
        : { body: answer, setCookie: [browserCookie(browser, publicUrl)] };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/servers/{id}/disconnect',
      role: 'admin',
      summary: "Forgets a server's tokens and revokes them at its authorization server",
      status: 200,
      answer: disconnectShape,
      changes: true,
    },
    async ({ services: { registry, connections }, caller, parameters }) => {
      const row = await requireServer(registry, parameters['id']!);
      const revoked = await connections.disconnect(row);
      await recordEvent(registry, caller, 'server.disconnect', row.id, { slug: row.slug, revoked });
      return { body: { revoked } };
    },
  ),
];
