/** A token that says when a form was made, so that what is sent at once, or days later, is not taken. Keyed, not stored. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const YOUNGEST_MS = 1500;
const OLDEST_MS = 2 * 60 * 60 * 1000;

export interface FormToken {
  /** The same for a form that is sent twice. */
  readonly id: string;
  readonly state: 'good' | 'too young' | 'too old';
}

/** @param now ms since the epoch; `nonce` tells forms of one millisecond apart */
export function formToken(secret: Uint8Array, now: number, nonce: string): string {
  const body = `${now.toString(36)}.${nonce}`;
  return `${body}.${seal(secret, body)}`;
}

/** Undefined when it was not made with this secret. */
export function readFormToken(secret: Uint8Array, token: string, now: number): FormToken | undefined {
  const match = /^(([0-9a-z]{1,12})\.[\w-]{8,64})\.([\w-]{43})$/.exec(token);
  if (match === null) return undefined;
  const [, body, at, given] = match as unknown as [string, string, string, string];
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(seal(secret, body)))) return undefined;
  const age = now - Number.parseInt(at, 36);
  return { id: body, state: age < YOUNGEST_MS ? 'too young' : age > OLDEST_MS ? 'too old' : 'good' };
}

function seal(secret: Uint8Array, body: string): string {
  return createHmac('sha256', secret).update(`portcullis contact form ${body}`).digest('base64url');
}
