/** The key that signs checkpoints of the decision log. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { PortcullisError } from '../../errors.ts';
import { keyFile } from './key-file.ts';

/** Ed25519. */
export interface AuditSigningKey {
  readonly privateKey: KeyObject;
  /** SPKI PEM. */
  readonly publicKeyPem: string;
  /** First 16 characters of the base64url SHA-256 of the SPKI DER. */
  readonly keyId: string;
}

/**
 * The key in `<home>/audit-signing.key` (PKCS #8 PEM), generated at first use.
 * @throws PC_CONFIG_INVALID when the file holds something else
 */
export function loadSigningKey(home: string): AuditSigningKey {
  const path = join(home, 'audit-signing.key');
  const privateKey = parseKey(keyFile(path, generate), path);
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    privateKey,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    keyId: createHash('sha256').update(der).digest('base64url').slice(0, 16),
  };
}

function generate(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function parseKey(pem: string, path: string): KeyObject {
  const detail = `${path} must hold an Ed25519 private key in PEM`;
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new PortcullisError('PC_CONFIG_INVALID', { detail }, { cause: error });
  }
  throw new PortcullisError('PC_CONFIG_INVALID', { detail });
}
