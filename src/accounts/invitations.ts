/** Invitations: whoever holds the link may join with its role, once; who has an account accepts under the invited address. */
import { PortcullisError } from '../errors.ts';
import { newId, type InvitationRow, type MemberRole } from '../store/index.ts';
import { sendMail } from './send-mail.ts';
import type { AccountOptions, SignedIn } from './types.ts';

const LIFETIME_MS = 7 * 86_400_000;
const ID_BYTES = 24;

export interface OpenInvitation {
  readonly invitation: InvitationRow;
  /** Its name. */
  readonly organization: string;
  readonly hasAccount: boolean;
}

/** Mails it, or shows the link in the log. @throws PC_API_CONFLICT for a member */
export async function invite(
  options: Pick<AccountOptions, 'store' | 'now' | 'random' | 'settings' | 'logger' | 'publicUrl'>,
  organizationId: string,
  inviter: { readonly id: string | null; readonly name: string },
  invited: { readonly email: string; readonly role: MemberRole },
): Promise<InvitationRow> {
  const { store, now, random, settings, logger, publicUrl } = options;
  const email = invited.email.toLowerCase();
  if ((await store.accounts.members.list(organizationId)).some((member) => member.email === email))
    throw new PortcullisError('PC_API_CONFLICT', { detail: 'This person is a member already.' });
  const row = await store.accounts.invitations.insert({
    id: Buffer.from(random(ID_BYTES)).toString('base64url'),
    organizationId,
    email,
    role: invited.role,
    inviterId: inviter.id,
    expiresAt: now() + LIFETIME_MS,
  });
  const organization = await store.accounts.organizations.get(organizationId);
  await sendMail(settings, logger, {
    to: email,
    subject: 'Join Portcullis',
    text: `${inviter.name} invites you to ${organization?.name ?? 'an organization'}. This link is good for 7 days:`,
    link: `${publicUrl}/join/${row.id}`,
  });
  return row;
}

/** @throws PC_INVITATION_INVALID */
export async function openInvitation({ store }: AccountOptions, id: string): Promise<OpenInvitation> {
  const invitation = await store.accounts.invitations.get(id);
  if (invitation === undefined) throw new PortcullisError('PC_INVITATION_INVALID');
  const organization = await store.accounts.organizations.get(invitation.organizationId);
  const hasAccount = (await store.accounts.people.byEmail(invitation.email)) !== undefined;
  return { invitation, organization: organization?.name ?? '', hasAccount };
}

/** @throws PC_INVITATION_INVALID, also for another person's */
export async function acceptInvitation(
  { store, now }: AccountOptions,
  id: string,
  person: SignedIn,
): Promise<void> {
  const invitation = await store.accounts.invitations.get(id);
  const isTheirs = invitation?.email === person.email.toLowerCase();
  const member = { id: newId(now()), userId: person.personId };
  if (!isTheirs || !(await store.accounts.invitations.accept(id, member)))
    throw new PortcullisError('PC_INVITATION_INVALID');
}
