import { z } from 'zod';
import type { ServerRow } from '../../store/index.ts';
import { source, time, timeText } from './values.ts';

const name = z.string().min(1).max(200);
const url = z.string().max(2048).meta({ description: 'http:// or https://' });
const transport = z
  .enum(['http', 'sse'])
  .meta({ description: 'http: Streamable HTTP; sse: legacy HTTP+SSE' });
const auth = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('none') }),
    z.strictObject({ type: z.literal('bearer'), token: z.string().min(1) }),
  ])
  .meta({ description: 'Sets or removes the Authorization header; write-only' });

export const serverInput = z.strictObject({
  name,
  url,
  transport: transport.optional(),
  headers: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'Sent with every request; write-only' }),
  auth: auth.optional(),
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
  auth: auth.optional(),
  caseSensitive: z.boolean().optional(),
});

export type AuthInput = z.output<typeof auth>;

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
    caseSensitive: z.boolean(),
    source,
    version: z.int(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Server' });

export function showServer(row: ServerRow, publicUrl: string): z.input<typeof serverShape> {
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
    caseSensitive,
    source,
    version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}
