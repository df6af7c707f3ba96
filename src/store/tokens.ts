/**
 * Tokens that people carry: `pcg_` grants, `pca_` API keys. 256 random bits and a CRC-32 in base62, so that secret
 * scanners recognise one without asking us. The database has their hashes only.
 */
import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_BYTES = 32;
/** 62^43 > 2^256. */
const SECRET_LENGTH = 43;
/** 62^6 > 2^32. */
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^(pc[ga]_[0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);

export function newToken(prefix: 'pcg' | 'pca', random: (bytes: number) => Uint8Array = randomBytes): string {
  const secret = BigInt(`0x${Buffer.from(random(SECRET_BYTES)).toString('hex')}`);
  const token = `${prefix}_${base62(secret, SECRET_LENGTH)}`;
  return token + checksum(token);
}

/** Whether it looks like a token and its checksum is right; nothing about whether it is valid. */
export function isWellFormedToken(text: string): boolean {
  const [, token, found] = SHAPE.exec(text) ?? [];
  return token !== undefined && checksum(token) === found;
}

/** SHA-256, base64url: how tokens are stored and looked up. Their entropy makes a slow hash needless. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

function checksum(token: string): string {
  return base62(BigInt(crc32(token)), CHECKSUM_LENGTH);
}

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = ALPHABET.charAt(Number(rest % 62n)) + text;
  return text;
}
