/**
 * Checkpoints: now and then an entry carries a signature over the chain so far. Whoever rewrites an entry has to rewrite every
 * later one, and then lacks the key for the next checkpoint.
 */
import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ChainPosition, EntryIndex } from './types.ts';

/** Ed25519. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** SPKI PEM. */
  readonly publicKeyPem: string;
  readonly keyId: string;
}

/** Body of a checkpoint entry. It vouches for everything up to the entry before itself. */
export interface CheckpointBody {
  readonly id: string;
  readonly at: number;
  readonly organization: string;
  readonly upTo: number;
  /** Hash of the entry `upTo`. */
  readonly head: string;
  /** Every intent before this position has its decision: where a restart looks for calls that never got one. */
  readonly openFrom: number;
  readonly keyId: string;
  /** SPKI PEM. */
  readonly publicKey: string;
  /** Ed25519 (RFC 8032), base64, over "portcullis-checkpoint\n<chain>\n<upTo>\n<head>". */
  readonly signature: string;
}

export function makeCheckpoint(
  key: SigningKey,
  chain: string,
  head: ChainPosition,
  openFrom: number,
  stamp: { readonly at: number; readonly organization: string },
): { readonly index: EntryIndex; readonly body: CheckpointBody } {
  const id = `${chain}:${head.seq + 1}`;
  const { at, organization } = stamp;
  const body = {
    id,
    at,
    organization,
    upTo: head.seq,
    head: head.hash,
    openFrom,
    keyId: key.keyId,
    publicKey: key.publicKeyPem,
    signature: signText(key, checkpointText(chain, head.seq, head.hash)),
  };
  return { index: { kind: 'checkpoint', id, at, organization }, body };
}

export function checkpointText(chain: string, seq: number, hash: string): string {
  return `portcullis-checkpoint\n${chain}\n${seq}\n${hash}`;
}

export function signText(key: SigningKey, text: string): string {
  return sign(null, Buffer.from(text), key.privateKey).toString('base64');
}

/** Whether `signature` (base64) over `text` was made by the holder of this key; false also for a key that cannot be read. */
export function isSignedBy(publicKeyPem: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey(publicKeyPem);
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** One spelling per key, whatever the line ends and spaces of its PEM. */
export function sameKey(one: string, other: string): boolean {
  return one.replaceAll(/\s/g, '') === other.replaceAll(/\s/g, '');
}
