import { recordEvent } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { pageOf, pageQuery, pageShape } from '../page.ts';
import { invitationShape, inviteInput, showInvitation } from '../shapes/account.ts';

export const invitationRoutes = [
  route(
    {
      method: 'GET',
      path: '/invitations',
      role: 'admin',
      summary: 'Invitations that are open',
      query: pageQuery,
      status: 200,
      answer: pageShape(invitationShape),
    },
    async ({ services: { registry, publicUrl }, query }) => ({
      body: pageOf(
        await registry.store.accounts.invitations.list(registry.organization),
        query,
        ({ email: address, id }) => `${address}\n${id}`,
        (row) => showInvitation(row, publicUrl),
      ),
    }),
  ),
  route(
    {
      method: 'POST',
      path: '/invitations',
      role: 'admin',
      summary: 'Invites somebody: mails the link, or shows it in the log and here',
      body: inviteInput,
      status: 201,
      answer: invitationShape,
    },
    async ({ services: { registry, accounts, publicUrl }, caller, body }) => {
      const inviter = { id: caller.person?.personId ?? null, name: caller.person?.name ?? caller.name };
      const row = await accounts.invite(registry.organization, inviter, body);
      // The id is the invitation's secret, so the events name the address.
      await recordEvent(registry, caller, 'invitation.create', row.email, { role: row.role });
      return { body: showInvitation(row, publicUrl) };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/invitations/{id}',
      role: 'admin',
      summary: 'Takes an invitation back',
      status: 204,
    },
    async ({ services: { registry }, caller, parameters }) => {
      const { invitations } = registry.store.accounts;
      const row = await invitations.get(parameters['id']!);
      await invitations.remove(registry.organization, parameters['id']!);
      await recordEvent(registry, caller, 'invitation.remove', row?.email ?? '', {});
      return {};
    },
  ),
];
