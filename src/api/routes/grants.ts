import type { z } from 'zod';
import { PortcullisError } from '../../errors.ts';
import {
  grantFilter,
  mintGrant,
  mintSharedGrant,
  patchGrant,
  requireGrant,
  revealGrant,
  revokeGrant,
  rotateGrant,
  seesGrant,
  type Registry,
} from '../../registry/index.ts';
import { route } from '../contract.ts';
import { pageFrom, pageQuery, pageShape, type PageQuery } from '../page.ts';
import {
  grantInput,
  grantPatch,
  grantQuery,
  grantShape,
  grantWithTokenShape,
  rotateInput,
  sharedGrantInput,
  showGrant,
} from '../shapes/grant.ts';

export const grantRoutes = [
  route(
    {
      method: 'GET',
      path: '/servers/{id}/grants',
      role: 'viewer',
      summary: "A server's grants, oldest first, revoked ones too",
      query: pageQuery.extend(grantQuery.omit({ server: true }).shape),
      status: 200,
      answer: pageShape(grantShape),
    },
    async ({ services: { registry }, parameters, query }) => ({
      body: await grantPage(registry, { ...query, server: parameters['id']! }, 'asc'),
    }),
  ),
  route(
    {
      method: 'GET',
      path: '/grants',
      role: 'viewer',
      summary: 'The grants of all servers, newest first, revoked ones too',
      query: pageQuery.extend(grantQuery.shape),
      status: 200,
      answer: pageShape(grantShape),
    },
    async ({ services: { registry }, query }) => ({ body: await grantPage(registry, query, 'desc') }),
  ),
  route(
    {
      method: 'POST',
      path: '/servers/{id}/grants',
      role: 'admin',
      summary: 'Mints a grant; the answer has its token',
      body: grantInput,
      status: 201,
      answer: grantWithTokenShape,
      changes: true,
    },
    async ({ services: { registry }, caller, parameters, body }) => {
      const { row, token } = await mintGrant(registry, caller, parameters['id']!, body);
      return { body: { ...showGrant(row), token }, location: `/grants/${row.id}` };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/grants',
      role: 'admin',
      summary: 'Mints a grant for several servers, each under its own policy; the answer has its token',
      body: sharedGrantInput,
      status: 201,
      answer: grantWithTokenShape,
      changes: true,
    },
    async ({ services: { registry }, caller, body: { servers, ...input } }) => {
      const { row, token } = await mintSharedGrant(registry, caller, servers, input);
      return { body: { ...showGrant(row), token }, location: `/grants/${row.id}` };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/grants/{id}',
      role: 'viewer',
      summary: 'One grant',
      status: 200,
      answer: grantShape,
    },
    async ({ services: { registry }, parameters }) => ({
      body: showGrant(await requireGrant(registry, parameters['id']!)),
    }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/grants/{id}',
      role: 'policy_manager',
      body: grantPatch,
      status: 200,
      answer: grantShape,
      summary: 'Attaches or detaches a policy; servers, label, tags and expiry need the admin role',
      changes: true,
    },
    async ({ services: { registry }, caller, parameters, body }) => {
      const attachesOnly = Object.keys(body).every((member) => member === 'policyId');
      if (!attachesOnly && caller.role !== 'admin')
        throw new PortcullisError('PC_API_FORBIDDEN', { role: caller.role ?? '' });
      return { body: showGrant(await patchGrant(registry, caller, parameters['id']!, body)) };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/grants/{id}',
      role: 'admin',
      status: 204,
      changes: true,
      summary: 'Revokes a grant: its next message is refused, its streams are cut',
    },
    async ({ services: { registry }, caller, parameters }) => {
      await revokeGrant(registry, caller, parameters['id']!);
      return {};
    },
  ),
  route(
    {
      method: 'POST',
      path: '/grants/{id}/rotate',
      role: 'admin',
      body: rotateInput.optional(),
      summary: 'A new token',
      status: 200,
      answer: grantWithTokenShape,
      changes: true,
    },
    async ({ services: { registry }, caller, parameters, body }) => {
      const { row, token } = await rotateGrant(registry, caller, parameters['id']!, body ?? {});
      return { body: { ...showGrant(row), token } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/grants/{id}/reveal',
      role: 'admin',
      summary: 'Shows the token again, and notes that in the events',
      status: 200,
      answer: grantWithTokenShape,
    },
    async ({ services: { registry }, caller, parameters }) => {
      const { row, token } = await revealGrant(registry, caller, parameters['id']!);
      return { body: { ...showGrant(row), token } };
    },
  ),
];

async function grantPage(
  registry: Registry,
  query: PageQuery & z.output<typeof grantQuery>,
  order: 'asc' | 'desc',
) {
  const filter = await grantFilter(registry, query);
  return pageFrom(
    (after, take) => registry.store.grants.fitting(filter, { order, after, take }),
    query,
    (row) => seesGrant(registry, row),
    ({ id }) => id,
    showGrant,
  );
}
