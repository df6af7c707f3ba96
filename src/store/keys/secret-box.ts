/**
 * Secrets at rest. Each value has a data key of its own, which the master key wraps; both are sealed with AES-256-GCM
 * (NIST SP 800-38D) and bound to the table and the row, so that a sealed value opens nowhere else. What does not open is
 * refused, never guessed at.
 *
 * Text form: `v1.<id of the master key>.<wrapped data key>.<sealed value>`, parts in base64url, nonce first, tag last.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { PortcullisError } from '../../errors.ts';
import type { MasterKeys } from './master-key.ts';

/** Where a sealed value lives. */
export interface SecretPlace {
  readonly table: string;
  readonly id: string;
}

export interface SecretBox {
  seal(plain: string, place: SecretPlace): string;
  /** @throws PC_MASTER_KEY when the key or the place is another one, or the text was altered */
  open(sealed: string, place: SecretPlace): string;
  /** The same secret under the current master key; the same text when it is already. @throws PC_MASTER_KEY */
  renew(sealed: string, place: SecretPlace): string;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param masterKey 32 bytes; `previous` ones still open what they sealed.
 * @param reread asked for the keys as they are now before something is sealed, and when something was sealed under a key
 *   that is not known: another process may have rotated it.
 */
export function createSecretBox(
  masterKey: Buffer,
  previous: readonly Buffer[] = [],
  reread?: () => MasterKeys,
): SecretBox {
  let key = masterKey;
  let current = keyId(masterKey);
  const keys = new Map([...previous, masterKey].map((one) => [keyId(one), one]));
  const refresh = (): void => {
    if (reread === undefined) return;
    const now = reread();
    for (const one of [...now.previous, now.key]) keys.set(keyId(one), one);
    key = now.key;
    current = keyId(key);
  };
  const keyOf = (id: string): Buffer | undefined => {
    if (!keys.has(id)) refresh();
    return keys.get(id);
  };
  const box: SecretBox = {
    seal(plain, place) {
      refresh();
      const dataKey = randomBytes(KEY_BYTES);
      const wrapped = encrypt(key, dataKey, bound('key', place));
      const sealed = encrypt(dataKey, Buffer.from(plain), bound('value', place));
      return ['v1', current, wrapped.toString('base64url'), sealed.toString('base64url')].join('.');
    },

    open(sealed, place) {
      const [version, id = '', wrapped = '', value = '', ...more] = sealed.split('.');
      const opener = version === 'v1' && more.length === 0 ? keyOf(id) : undefined;
      if (opener === undefined) throw new PortcullisError('PC_MASTER_KEY');
      try {
        const dataKey = decrypt(opener, Buffer.from(wrapped, 'base64url'), bound('key', place));
        return decrypt(dataKey, Buffer.from(value, 'base64url'), bound('value', place)).toString();
      } catch (error) {
        throw new PortcullisError('PC_MASTER_KEY', {}, { cause: error });
      }
    },

    renew(sealed, place) {
      refresh();
      return sealed.startsWith(`v1.${current}.`) ? sealed : box.seal(box.open(sealed, place), place);
    },
  };
  return box;
}

function keyId(key: Buffer): string {
  if (key.length !== KEY_BYTES) throw new RangeError(`a master key has ${KEY_BYTES} bytes`);
  return createHmac('sha256', key).update('portcullis master key id').digest('base64url').slice(0, 11);
}

function bound(part: 'key' | 'value', { table, id }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify(['portcullis v1', part, table, id]));
}

function encrypt(key: Buffer, plain: Buffer, place: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(place);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, place: Buffer): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(place)
    .setAuthTag(sealed.subarray(Math.max(NONCE_BYTES, sealed.length - TAG_BYTES)));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
