import { z } from 'zod';
import type { ConnectionState } from '../../connections/index.ts';
import type { MembershipRow } from '../../store/index.ts';

export const connectInput = z
  .strictObject({
    returnTo: z
      .string()
      .max(1000)
      .regex(/^\/(?![/\\])[!-[\]-~]*$/)
      .optional()
      .meta({ description: 'A path of this gateway, where the browser goes after the sign-in' }),
  })
  .optional();

export const connectShape = z.strictObject({
  authorizationUrl: z
    .string()
    .nullable()
    .meta({ description: 'To be opened in a browser; null when the gateway signed in by itself' }),
  connected: z.boolean(),
});

export const disconnectShape = z.strictObject({
  revoked: z.boolean().meta({ description: 'Whether the authorization server confirmed it' }),
});

export const connectionsShape = z.strictObject({
  items: z.array(
    z.strictObject({
      personId: z.string(),
      name: z.string(),
      email: z.string(),
      status: z.enum(['connected', 'needs-sign-in']),
    }),
  ),
});

/** Every member, in the order in which they came. */
export function showConnections(
  members: readonly MembershipRow[],
  connections: readonly ConnectionState[],
): z.input<typeof connectionsShape> {
  const status = new Map(connections.map((one) => [one.owner, one.status]));
  const items = members.map(({ userId, name, email }) => ({
    personId: userId,
    name,
    email,
    status: status.get(userId) ?? ('needs-sign-in' as const),
  }));
  return { items };
}
