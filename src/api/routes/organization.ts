import { z } from 'zod';
import { createOrganization, found, recordEvent } from '../../registry/index.ts';
import { PortcullisError } from '../../errors.ts';
import type { OrganizationRow } from '../../store/index.ts';
import { route } from '../contract.ts';
import { time, timeText } from '../shapes/values.ts';

const name = z.string().trim().min(1).max(200);
const shape = z
  .strictObject({ id: z.string(), name: z.string(), createdAt: time })
  .meta({ id: 'Organization' });

export const organizationRoutes = [
  route(
    {
      method: 'GET',
      path: '/organization',
      role: 'viewer',
      summary: 'The organization that requests act in',
      status: 200,
      answer: shape,
    },
    async ({ services: { registry } }) => ({
      body: show(
        found(await registry.store.accounts.organizations.get(registry.organization), 'organization'),
      ),
    }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/organization',
      role: 'admin',
      summary: 'Renames the organization',
      body: z.strictObject({ name }),
      status: 200,
      answer: shape,
    },
    async ({ services: { registry }, caller, body }) => {
      const row = await registry.store.accounts.organizations.rename(registry.organization, body.name);
      await recordEvent(registry, caller, 'organization.rename', row.id, { name: row.name });
      return { body: show(row) };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/organizations',
      role: 'admin',
      summary: 'Makes another organization, with whoever is signed in as its admin',
      body: z.strictObject({ name }),
      status: 201,
      answer: shape,
    },
    async ({ services: { registry }, caller, body }) => {
      if (caller.person === undefined) throw new PortcullisError('PC_PERSON_REQUIRED');
      return { body: show(await createOrganization(registry, caller, caller.person.personId, body.name)) };
    },
  ),
];

function show({ id, name: shown, createdAt }: OrganizationRow) {
  return { id, name: shown, createdAt: timeText(createdAt) };
}
