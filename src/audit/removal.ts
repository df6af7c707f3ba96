/**
 * What retention says of the entries that it took off the front of a chain: how far, and the hash of the last one, signed by
 * the chain's own key. Only so much may be missing; whoever removes more lacks the key.
 */
import type { RemovalRow } from '../store/index.ts';
import { isSignedBy, signText, type SigningKey } from './checkpoint.ts';
import type { ChainPosition } from './types.ts';

export function signRemoval(key: SigningKey, chain: string, last: ChainPosition, at: number): RemovalRow {
  const signature = signText(key, removalText(chain, last.seq, last.hash, at));
  return {
    chain,
    upTo: last.seq,
    hash: last.hash,
    at,
    keyId: key.keyId,
    publicKey: key.publicKeyPem,
    signature,
  };
}

export function isRemovalSigned({ chain, upTo, hash, at, publicKey, signature }: RemovalRow): boolean {
  return isSignedBy(publicKey, removalText(chain, upTo, hash, at), signature);
}

function removalText(chain: string, seq: number, hash: string, at: number): string {
  return `portcullis-removal\n${chain}\n${seq}\n${hash}\n${at}`;
}
