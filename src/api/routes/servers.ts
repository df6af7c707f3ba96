import {
  accessAuth,
  accessHeaders,
  accessProblems,
  listServers,
  newAccessHeaders,
  refuseProblems,
  registerServer,
  removeServer,
  requireServer,
  updateServer,
} from '../../registry/index.ts';
import { route } from '../contract.ts';
import { pageOf, pageQuery, pageShape } from '../page.ts';
import { serverInput, serverPatch, serverShape, showServer } from '../shapes/server.ts';

export const serverRoutes = [
  route(
    {
      method: 'GET',
      path: '/servers',
      role: 'viewer',
      summary: 'All servers',
      query: pageQuery,
      status: 200,
      answer: pageShape(serverShape),
    },
    async ({ services: { registry, connections, publicUrl }, caller, query }) => {
      const stateOf = await connections.states(caller.person?.personId);
      return {
        body: pageOf(
          await listServers(registry),
          query,
          ({ slug }) => slug,
          (row) => showServer(row, publicUrl, stateOf(row)),
        ),
      };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/servers',
      role: 'admin',
      summary: 'Registers an MCP server by its URL',
      body: serverInput,
      status: 201,
      answer: serverShape,
      changes: true,
    },
    async ({ services: { registry, publicUrl }, caller, body }) => {
      const { name, url, transport = 'http', headers = {}, auth, caseSensitive } = body;
      refuseProblems(accessProblems(headers, auth));
      const oauth = accessAuth(auth);
      const row = await registerServer(registry, caller, {
        name,
        target: { transport, url, headers: newAccessHeaders(headers, auth) },
        ...(oauth === null ? {} : { auth: oauth }),
        ...(caseSensitive === undefined ? {} : { caseSensitive }),
      });
      return { body: showServer(row, publicUrl), version: row.version, location: `/servers/${row.id}` };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/servers/{id}',
      role: 'viewer',
      summary: 'One server, by id or slug',
      status: 200,
      answer: serverShape,
    },
    async ({ services: { registry, connections, publicUrl }, caller, parameters }) => {
      const row = await requireServer(registry, parameters['id']!);
      const state = (await connections.states(caller.person?.personId))(row);
      return { body: showServer(row, publicUrl, state), version: row.version };
    },
  ),
  route(
    {
      method: 'PATCH',
      path: '/servers/{id}',
      role: 'admin',
      summary: 'Changes a server; its slug stays',
      body: serverPatch,
      status: 200,
      answer: serverShape,
      changes: true,
      versioned: true,
    },
    async ({ services: { registry, connections, publicUrl }, caller, parameters, body, expectedVersion }) => {
      const { name, url, transport, headers, auth, caseSensitive } = body;
      refuseProblems(accessProblems(headers ?? {}, auth));
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(url === undefined ? {} : { url }),
        ...(transport === undefined ? {} : { transport }),
        ...(headers === undefined && auth === undefined
          ? {}
          : { headers: accessHeaders(headers ?? {}, auth) }),
        ...(auth === undefined ? {} : { auth: accessAuth(auth) }),
        ...(caseSensitive === undefined ? {} : { caseSensitive }),
      };
      const row = await updateServer(registry, caller, parameters['id']!, change, expectedVersion);
      const state = (await connections.states(caller.person?.personId))(row);
      return { body: showServer(row, publicUrl, state), version: row.version };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/servers/{id}',
      role: 'admin',
      status: 204,
      changes: true,
      versioned: true,
      summary: 'Removes a server with its policies, grants and tools',
    },
    async ({ services: { registry }, caller, parameters, expectedVersion }) => {
      await removeServer(registry, caller, parameters['id']!, expectedVersion);
      return {};
    },
  ),
];
