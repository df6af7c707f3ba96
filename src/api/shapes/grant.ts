import { z } from 'zod';
import { serversOf, type GrantRow } from '../../store/index.ts';
import { source, time, timeInput, timeText, timeTextOrNull } from './values.ts';

const label = z.string().min(1).max(200);
const owner = z.string().min(1).max(200).nullable().meta({ description: 'Whose it is, in words' });
const ownerId = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'The personId of a member: its calls run as that person where a server is per user' });
const allowedAddresses = z
  .array(z.string().max(100))
  .max(100)
  .meta({ description: 'Addresses and CIDR ranges it may be used from; empty for any' });
const tags = z.array(z.string().min(1).max(200)).max(50);

const serverInput = z.strictObject({
  server: z.string().meta({ description: 'Id or slug' }),
  policyId: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'A policy of that server; without one its calls are denied' }),
});
const servers = z
  .array(serverInput)
  .min(1)
  .max(20)
  .meta({ description: 'Every server that it reaches, by its own path and by /mcp' });

export const grantInput = z.strictObject({
  label,
  policyId: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'A policy of the same server; without one every call is denied' }),
  expiresAt: timeInput.nullable().optional(),
  tags: tags.optional(),
  owner: owner.optional(),
  ownerId: ownerId.nullable().optional(),
  allowedAddresses: allowedAddresses.optional(),
});

export const sharedGrantInput = grantInput.omit({ policyId: true }).extend({ servers });

export const grantPatch = z.strictObject({
  label: label.optional(),
  servers: servers.optional(),
  policyId: z.string().nullable().optional(),
  expiresAt: timeInput.nullable().optional(),
  tags: tags.optional(),
  owner: owner.optional(),
  ownerId: ownerId.optional(),
  allowedAddresses: allowedAddresses.optional(),
});

export const grantQuery = z.strictObject({
  server: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .meta({ description: 'Id or slug of a server that it reaches' }),
  policy: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .meta({ description: 'Id of a policy that it has; `none`: it has none on its first server' }),
  state: z.enum(['active', 'ending', 'expired', 'revoked']).optional().meta({
    description: 'Active: neither expired nor revoked. Ending: active, but not for more than a week',
  }),
  text: z.string().min(1).max(256).optional().meta({
    description: 'Part of its label, its owner, a tag or the name of its first server, in whatever case',
  }),
});

export const rotateInput = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'How long the old token still works; 0 unless given' }),
});

const members = {
  id: z.string(),
  serverId: z.string(),
  label: z.string(),
  policyId: z.string().nullable(),
  servers: z
    .array(z.strictObject({ serverId: z.string(), policyId: z.string().nullable() }))
    .meta({ description: 'Every server that it reaches; the first one is serverId' }),
  tags: z.array(z.string()),
  owner: z.string().nullable(),
  ownerId: z.string().nullable(),
  allowedAddresses: z.array(z.string()),
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
  source,
  createdAt: time,
  updatedAt: time,
};

export const grantShape = z.strictObject(members).meta({ id: 'Grant' });
export const grantWithTokenShape = z
  .strictObject({ ...members, token: z.string() })
  .meta({ id: 'GrantWithToken' });

export function showGrant(row: GrantRow) {
  const { id, serverId, label, policyId, tags, owner: shownOwner, allowedAddresses: ranges, source } = row;
  return {
    id,
    serverId,
    label,
    policyId,
    servers: [...serversOf(row)],
    tags,
    owner: shownOwner,
    ownerId: row.ownerId,
    allowedAddresses: [...ranges],
    source,
    expiresAt: timeTextOrNull(row.expiresAt),
    revokedAt: timeTextOrNull(row.revokedAt),
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}
