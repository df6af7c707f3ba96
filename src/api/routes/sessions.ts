import { z } from 'zod';
import { PortcullisError } from '../../errors.ts';
import { route } from '../contract.ts';
import { time, timeText } from '../shapes/values.ts';

const shape = z
  .strictObject({
    id: z.string(),
    current: z.boolean(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: time,
    expiresAt: time,
  })
  .meta({ id: 'Session' });

export const sessionRoutes = [
  route(
    {
      method: 'GET',
      path: '/sessions',
      role: 'person',
      summary: "The signed-in person's sessions",
      status: 200,
      answer: z.strictObject({ items: z.array(shape) }),
    },
    async ({ services: { registry }, caller: { person } }) => {
      if (person === undefined) throw new PortcullisError('PC_PERSON_REQUIRED');
      const rows = await registry.store.accounts.sessions.list(person.personId);
      const items = rows.map(({ id, ipAddress, userAgent, createdAt, expiresAt }) => ({
        id,
        current: id === person.sessionId,
        address: ipAddress,
        userAgent,
        createdAt: timeText(createdAt),
        expiresAt: timeText(expiresAt),
      }));
      return { body: { items } };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/sessions/{id}',
      role: 'person',
      summary: 'Ends one of them',
      status: 204,
    },
    async ({ services: { registry }, caller: { person }, parameters }) => {
      if (person === undefined) throw new PortcullisError('PC_PERSON_REQUIRED');
      await registry.store.accounts.sessions.remove(person.personId, parameters['id']!);
      return {};
    },
  ),
];
