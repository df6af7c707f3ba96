import { randomBytes } from 'node:crypto';
import type { SignedIn } from '../../accounts/index.ts';
import { PortcullisError } from '../../errors.ts';
import { requireServer } from '../../registry/index.ts';
import type { ServerRow } from '../../store/index.ts';
import { browserCookie } from '../browser-cookie.ts';
import { connectServer, disconnectServer, requireShared } from '../connect-server.ts';
import { route, type Answer, type RouteCall } from '../contract.ts';
import {
  connectInput,
  connectionsShape,
  connectShape,
  disconnectShape,
  showConnections,
} from '../shapes/connection.ts';

type ConnectCall = RouteCall<undefined, { readonly returnTo?: string | undefined } | undefined>;

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
    async (call) => {
      const row = await requireServer(call.services.registry, call.parameters['id']!);
      requireShared(row, 'Here everybody connects for themself.');
      return begin(call, row, undefined);
    },
  ),
  route(
    {
      method: 'POST',
      path: '/servers/{id}/connect-me',
      role: 'viewer',
      summary: "Begins the caller's own sign-in at a server where everybody has one",
      body: connectInput,
      status: 200,
      answer: connectShape,
    },
    async (call) => {
      const row = await requireServer(call.services.registry, call.parameters['id']!);
      return begin(call, row, personOf(call, row));
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
    async (call) => {
      const row = await requireServer(call.services.registry, call.parameters['id']!);
      requireShared(row, 'Here everybody disconnects for themself.');
      return end(call, row, undefined);
    },
  ),
  route(
    {
      method: 'POST',
      path: '/servers/{id}/disconnect-me',
      role: 'viewer',
      summary: "Forgets the caller's own tokens for a server and revokes them at its authorization server",
      status: 200,
      answer: disconnectShape,
      changes: true,
    },
    async (call) => {
      const row = await requireServer(call.services.registry, call.parameters['id']!);
      return end(call, row, personOf(call, row));
    },
  ),
  route(
    {
      method: 'GET',
      path: '/servers/{id}/connections',
      role: 'admin',
      summary: 'Which members have signed in at a server where everybody does so for themself',
      status: 200,
      answer: connectionsShape,
    },
    async ({ services: { registry, connections }, parameters }) => {
      const row = await requireServer(registry, parameters['id']!);
      const members = await registry.store.accounts.members.list(registry.organization);
      return { body: showConnections(members, await connections.people(row)) };
    },
  ),
];

async function begin(call: ConnectCall, row: ServerRow, person: SignedIn | undefined): Promise<Answer> {
  const { services, caller, body, fromBrowser } = call;
  // A sign-in for oneself always stays in the browser that began it: another person's tokens would be kept as one's own.
  const browser = fromBrowser || person !== undefined ? randomBytes(24).toString('base64url') : undefined;
  const authorizationUrl = await connectServer(services, caller, row, {
    ...(person === undefined ? {} : { person: person.personId }),
    ...(browser === undefined ? {} : { browser }),
    ...(body?.returnTo === undefined ? {} : { returnTo: body.returnTo }),
  });
  const answer = { body: { authorizationUrl, connected: authorizationUrl === null } };
  return browser === undefined
    ? answer
    : { ...answer, setCookie: [browserCookie(browser, services.publicUrl)] };
}

async function end(
  { services, caller }: RouteCall<undefined, undefined>,
  row: ServerRow,
  person: SignedIn | undefined,
): Promise<Answer> {
  return { body: { revoked: await disconnectServer(services, caller, row, person?.personId) } };
}

function personOf({ caller }: Pick<ConnectCall, 'caller'>, { auth }: ServerRow): SignedIn {
  if (auth?.perUser !== true) throw conflict('This server has one connection for all calls.');
  if (caller.person === undefined) throw conflict('An API key is nobody: sign in as a person.');
  return caller.person;
}

function conflict(detail: string): PortcullisError {
  return new PortcullisError('PC_API_CONFLICT', { detail });
}
