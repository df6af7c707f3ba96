/** Reads a request body as it is: JSON by its declared type, identity encoding, bounded size. */
import type { IncomingMessage } from 'node:http';
import { PortcullisError } from '../../errors.ts';
import { GatheredBytes } from '../../wire/index.ts';

/** Bytes; MCP messages carry files, so this is generous. */
const MOST_BODY_BYTES = 8 * 1024 * 1024;

/** @throws PC_CONTENT_TYPE, PC_BODY_ENCODING, PC_BODY_TOO_LARGE: judged before a byte of the body is read. */
export function checkBodyHeaders(headers: IncomingMessage['headers']): void {
  const type = headers['content-type'];
  if (type === undefined || !isJson(type)) throw new PortcullisError('PC_CONTENT_TYPE');
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    throw new PortcullisError('PC_BODY_ENCODING');
  const length = headers['content-length'];
  if (length !== undefined && Number(length) > MOST_BODY_BYTES)
    throw new PortcullisError('PC_BODY_TOO_LARGE', { limit: MOST_BODY_BYTES });
}

function isJson(type: string): boolean {
  if (type === 'application/json') return true;
  const [essence, ...parameters] = type.split(';').map((part) => part.trim().toLowerCase());
  return (
    essence === 'application/json' &&
    parameters.every((parameter) => parameter === 'charset=utf-8' || parameter === 'charset="utf-8"')
  );
}

/** Calls back exactly once, with the whole body or why it cannot be had. */
export function readBody(request: IncomingMessage, done: (body: Buffer | PortcullisError) => void): void {
  const gathered = new GatheredBytes();
  let over = false;
  request.on('data', (chunk: Buffer) => {
    if (over) return;
    if (gathered.length + chunk.length > MOST_BODY_BYTES) {
      over = true;
      gathered.clear();
      done(new PortcullisError('PC_BODY_TOO_LARGE', { limit: MOST_BODY_BYTES }));
    } else {
      gathered.add(chunk);
    }
  });
  request.on('end', () => {
    if (!over) done(gathered.bytes());
  });
  request.on('error', () => {
    over = true;
  });
}
