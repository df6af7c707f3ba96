import { z } from 'zod';
import type { ConnectionState } from '../../connections/index.ts';
import type { ServerRow } from '../../store/index.ts';
import { source, time, timeText } from './values.ts';

const name = z.string().min(1).max(200);
const url = z.string().max(2048).meta({ description: 'http:// or https://' });
const transport = z
  .enum(['http', 'sse'])
  .meta({ description: 'http: Streamable HTTP; sse: legacy HTTP+SSE' });
const clientId = z
  .string()
  .min(1)
  .meta({ description: 'Registered beforehand at the authorization server; otherwise by itself' });
const scopes = z
  .array(z.string())
  .optional()
  .meta({ description: 'To ask for; what the server names unless given' });
/** How the gateway gets in; the configuration file has the same members. */
export const serverAccess = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('none') }),
    z.strictObject({ type: z.literal('bearer'), token: z.string().min(1) }),
    z.strictObject({
      type: z.literal('oauth'),
      clientId: clientId.optional(),
      clientSecret: z.string().min(1).optional(),
      scopes,
      perUser: z.boolean().optional().meta({
        description: 'Everybody signs in for themself, and calls run as the person who owns the grant',
      }),
    }),
    z.strictObject({
      type: z.literal('client_credentials'),
      clientId,
      clientSecret: z.string().min(1),
      scopes,
    }),
  ])
  .meta({
    description:
      'bearer sets the Authorization header, none removes it; oauth signs in as a person, client_credentials as the gateway. Secrets are write-only',
  });

export const serverInput = z.strictObject({
  name,
  url,
  transport: transport.optional(),
  headers: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'Sent with every request; write-only' }),
  auth: serverAccess.optional(),
  caseSensitive: z.boolean().optional(),
});

export const serverPatch = z.strictObject({
  name: name.optional(),
  url: url.optional(),
  transport: transport.optional(),
  headers: z
    .record(z.string(), z.string().nullable())
    .optional()
    .meta({ description: 'A merge patch (RFC 7396): null removes a header, others stay' }),
  auth: serverAccess.optional(),
  caseSensitive: z.boolean().optional(),
});

const authShape = z.strictObject({
  kind: z.enum(['headers', 'oauth', 'client_credentials']),
  status: z
    .enum(['connected', 'needs-sign-in'])
    .nullable()
    .meta({ description: "null when there is nothing to connect; the caller's own where perUser is true" }),
  perUser: z
    .boolean()
    .meta({ description: 'Whether everybody signs in for themself; else one account serves all calls' }),
  clientId: z.string().nullable(),
  expiresAt: time.nullable().meta({ description: 'Of the access token, which is refreshed before that' }),
  scopes: z.array(z.string()).meta({ description: 'That were granted' }),
});

export const serverShape = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    transport: z.enum(['http', 'sse', 'stdio']),
    url: z.string().nullable(),
    command: z
      .string()
      .nullable()
      .meta({ description: 'The program of a stdio server, without its arguments' }),
    gatewayUrl: z.string().meta({ description: 'What clients use' }),
    headerNames: z
      .array(z.string())
      .meta({ description: 'Headers, or variables of a stdio server; values never come back' }),
    auth: authShape,
    caseSensitive: z.boolean(),
    source,
    version: z.int(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Server' });

export function showServer(
  row: ServerRow,
  publicUrl: string,
  connection?: ConnectionState,
): z.input<typeof serverShape> {
  const { id, name, slug, transport, url, command, secretNames, caseSensitive, source, version } = row;
  return {
    id,
    name,
    slug,
    transport,
    url,
    command: command?.argv[0] ?? null,
    gatewayUrl: `${publicUrl}/mcp/${slug}`,
    headerNames: [...secretNames],
    auth: showAuth(row, connection),
    caseSensitive,
    source,
    version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

function showAuth({ auth }: ServerRow, connection: ConnectionState | undefined): z.input<typeof authShape> {
  if (!auth)
    return { kind: 'headers', status: null, perUser: false, clientId: null, expiresAt: null, scopes: [] };
  const expiresAt = connection?.expiresAt ?? null;
  return {
    kind: auth.kind,
    status: connection?.status ?? 'needs-sign-in',
    perUser: auth.perUser === true,
    clientId: auth.clientId ?? null,
    expiresAt: expiresAt === null ? null : timeText(expiresAt),
    scopes: [...(connection?.scopes ?? [])],
  };
}
