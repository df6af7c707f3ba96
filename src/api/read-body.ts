/** JSON bodies, read as strictly as messages are: what two parsers could read differently is refused. */
import { PortcullisError } from '../errors.ts';
import type { Json } from '../json.ts';
import { GatheredBytes, parseStrict } from '../wire/index.ts';

export const LARGEST_BODY = 12 * 1024 * 1024;
/** What somebody may send who has not said who they are. */
export const LARGEST_OF_ANYONE = 64 * 1024;

/** @param limit bytes. @throws PC_CONTENT_TYPE, PC_BODY_ENCODING, PC_BODY_TOO_LARGE, PC_JSON_* */
export async function readBody(request: Request, limit = LARGEST_BODY): Promise<Json> {
  // Members of JSON Schemas may differ in case only, and that is their owner's right.
  return parseStrict(await readBytes(request, limit), { caseSensitiveAt: [] }).value;
}

/** Whether a request carries nothing. */
export function hasNoBody(request: Request): boolean {
  return request.body === null || request.headers.get('content-length') === '0';
}

/** @throws PC_CONTENT_TYPE, PC_BODY_ENCODING, PC_BODY_TOO_LARGE */
export async function readBytes(
  request: Request,
  limit: number,
  wanted = 'application/json',
): Promise<Buffer> {
  const { headers } = request;
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== wanted) throw new PortcullisError('PC_CONTENT_TYPE');
  if ((headers.get('content-encoding') ?? 'identity').toLowerCase() !== 'identity')
    throw new PortcullisError('PC_BODY_ENCODING');
  if (Number(headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const gathered = new GatheredBytes();
  if (request.body !== null) {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      if (gathered.length + chunk.length > limit) throw tooLarge(limit);
      gathered.add(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    }
  }
  return gathered.bytes();
}

function tooLarge(limit: number): PortcullisError {
  return new PortcullisError('PC_BODY_TOO_LARGE', { limit });
}
