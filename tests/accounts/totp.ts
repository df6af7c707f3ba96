/** An authenticator app. */
import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import type { Browser } from './browser.ts';

export interface Authenticator {
  readonly secret: string;
  readonly backupCodes: readonly string[];
}

/** Turns the second factor on for whoever is signed in. */
export async function enrol(person: Browser, password: string): Promise<Authenticator> {
  const enabled = await person.send('POST', '/api/auth/two-factor/enable', { password });
  expect(enabled.status).toBe(200);
  const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] };
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  expect((await sendCode(person, codeOf(secret))).status).toBe(200);
  return { secret, backupCodes };
}

export function sendCode(person: Browser, code: string) {
  return person.send('POST', '/api/auth/two-factor/verify-totp', { code });
}

/** RFC 6238 with its defaults. */
export function codeOf(secret: string): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const offset = mac.at(-1)! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text.replace(/=+$/, '')) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
