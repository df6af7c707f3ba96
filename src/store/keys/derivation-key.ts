import type { Store } from '../types.ts';
import { DERIVATION_KEY } from '../repositories/secrets.ts';
import type { SecretBox } from './secret-box.ts';

/**
 * The key from which keys of single purposes are derived. It outlives rotations of the master key, under which it is
 * sealed: counters and digests must mean the same afterwards. The first master key is where it begins.
 * @throws PC_MASTER_KEY, PC_STORE_UNAVAILABLE
 */
export async function loadDerivationKey(
  { settings }: Pick<Store, 'settings'>,
  box: SecretBox,
  masterKey: Buffer,
): Promise<Buffer> {
  const place = { table: 'settings', id: DERIVATION_KEY };
  const sealed =
    (await settings.get(DERIVATION_KEY)) ??
    (await settings.init(DERIVATION_KEY, box.seal(masterKey.toString('base64'), place)));
  return Buffer.from(box.open(sealed, place), 'base64');
}
