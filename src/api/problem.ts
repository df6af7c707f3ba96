/** Errors as RFC 9457 problem details. Causes stay inside. */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { ERRORS, type PortcullisError } from '../errors.ts';

export const problemShape = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z
      .enum(Object.keys(ERRORS) as [string, ...string[]])
      .meta({ description: 'Stable; listed in docs/errors.md' }),
    errors: z.array(
      z.strictObject({
        pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) into what was sent' }),
        message: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
      }),
    ),
  })
  .meta({ id: 'Problem' });

export function problemResponse(error: PortcullisError): Response {
  const { code, status, message, problems } = error;
  const body = {
    type: `urn:portcullis:error:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    errors: problems,
  };
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="portcullis"';
  if (code === 'PC_METHOD_NOT_ALLOWED') headers['allow'] = String(error.parameters['allow'] ?? '');
  return new Response(JSON.stringify(body), { status, headers });
}
