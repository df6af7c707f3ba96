import { z } from 'zod';
import { changeMember } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { dismissMember } from '../dismiss-member.ts';
import { pageOf, pageQuery, pageShape } from '../page.ts';
import { memberShape, showMember } from '../shapes/account.ts';
import { memberRole } from '../shapes/values.ts';

export const memberRoutes = [
  route(
    {
      method: 'GET',
      path: '/members',
      role: 'viewer',
      summary: 'The people of the organization',
      query: pageQuery,
      status: 200,
      answer: pageShape(memberShape),
    },
    async ({ services: { registry }, query }) => ({
      body: pageOf(
        await registry.store.accounts.members.list(registry.organization),
        query,
        ({ email, id }) => `${email}\n${id}`,
        showMember,
      ),
    }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/members/{id}',
      role: 'admin',
      body: z.strictObject({ role: memberRole }),
      summary: 'Gives a member another role; an organization keeps at least one admin',
      status: 200,
      answer: memberShape,
    },
    async ({ services: { registry }, caller, parameters, body: { role } }) => ({
      body: showMember(await changeMember(registry, caller, parameters['id']!, role)),
    }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/members/{id}',
      role: 'admin',
      summary:
        'Takes a person out of the organization, with what they signed in for at servers; grants they minted stay',
      status: 204,
      changes: true,
    },
    async ({ services: { registry, connections }, caller, parameters }) => {
      const { revoke } = await dismissMember({ registry, connections }, caller, parameters['id']!);
      // Here they are gone already; their servers are told without anybody waiting.
      void revoke();
      return {};
    },
  ),
];
