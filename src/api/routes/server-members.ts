import { z } from 'zod';
import { serverMembersOf, setServerMembers } from '../../registry/index.ts';
import { route } from '../contract.ts';

const shape = z
  .strictObject({
    members: z
      .array(z.string())
      .max(10_000)
      .nullable()
      .meta({ description: 'Ids of people and API keys that see the server beside admins; null: everybody' }),
  })
  .meta({ id: 'ServerMembers' });

export const serverMemberRoutes = [
  route(
    {
      method: 'GET',
      path: '/servers/{id}/members',
      role: 'viewer',
      summary: 'Who sees a server',
      status: 200,
      answer: shape,
    },
    async ({ services: { registry }, parameters }) => ({
      body: { members: await serverMembersOf(registry, parameters['id']!) },
    }),
  ),
  route(
    {
      method: 'PUT',
      path: '/servers/{id}/members',
      role: 'admin',
      summary: 'Restricts a server to named people and API keys, or opens it to the organization',
      body: shape,
      status: 200,
      answer: shape,
      changes: true,
    },
    async ({ services: { registry }, caller, parameters, body: { members } }) => {
      await setServerMembers(registry, caller, parameters['id']!, members);
      return { body: { members: await serverMembersOf(registry, parameters['id']!) } };
    },
  ),
];
