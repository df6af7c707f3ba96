/** People, members, invitations and API keys as the API shows them. */
import { z } from 'zod';
import type { ApiKeyRow, InvitationRow, MembershipRow } from '../../store/index.ts';
import { memberRole, time, timeInput, timeText, timeTextOrNull } from './values.ts';

export const personName = z.string().trim().min(1).max(200);
export const email = z
  .email()
  .max(320)
  .transform((text) => text.toLowerCase());
export const password = z
  .string()
  .min(10, 'Expected at least 10 characters.')
  .max(200, 'Expected at most 200 characters.');

export const meShape = z
  .strictObject({
    person: z
      .strictObject({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        emailVerified: z.boolean(),
        twoFactorEnabled: z.boolean(),
      })
      .nullable()
      .meta({ description: 'null for an API key' }),
    caller: z.string().meta({ description: 'As the events name it' }),
    role: memberRole.nullable(),
    organization: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    organizations: z.array(z.strictObject({ id: z.string(), name: z.string(), role: memberRole })),
    sessionExpiresAt: time.nullable(),
  })
  .meta({ id: 'Me' });

export const memberShape = z
  .strictObject({
    id: z.string(),
    personId: z.string(),
    name: z.string(),
    email: z.string(),
    role: memberRole,
    twoFactorEnabled: z.boolean(),
    createdAt: time,
  })
  .meta({ id: 'Member' });

export const invitationShape = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    role: memberRole,
    expiresAt: time,
    createdAt: time,
    link: z.string().meta({ description: 'Whoever opens it may join with this role' }),
  })
  .meta({ id: 'Invitation' });

export const inviteInput = z.strictObject({ email, role: memberRole });

const keyMembers = {
  id: z.string(),
  label: z.string(),
  role: memberRole,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  createdAt: time,
};

export const apiKeyShape = z.strictObject(keyMembers).meta({ id: 'ApiKey' });
export const apiKeyWithSecretShape = z
  .strictObject({ ...keyMembers, key: z.string().meta({ description: 'Shown this once' }) })
  .meta({ id: 'ApiKeyWithSecret' });
export const apiKeyInput = z.strictObject({
  label: z.string().min(1).max(200),
  role: memberRole,
  expiresAt: timeInput.nullable().optional(),
});

export function showMember(row: MembershipRow) {
  const { id, userId, name, email: address, role, twoFactorEnabled, createdAt } = row;
  return {
    id,
    personId: userId,
    name,
    email: address,
    role,
    twoFactorEnabled,
    createdAt: timeText(createdAt),
  };
}

export function showInvitation(
  { id, email: address, role, expiresAt, createdAt }: InvitationRow,
  publicUrl: string,
) {
  const link = `${publicUrl}/join/${id}`;
  return { id, email: address, role, expiresAt: timeText(expiresAt), createdAt: timeText(createdAt), link };
}

export function showApiKey({ id, label, role, expiresAt, lastUsedAt, createdAt }: ApiKeyRow) {
  return {
    id,
    label,
    role,
    expiresAt: timeTextOrNull(expiresAt),
    lastUsedAt: timeTextOrNull(lastUsedAt),
    createdAt: timeText(createdAt),
  };
}
