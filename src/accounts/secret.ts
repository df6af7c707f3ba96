/** What signs cookies and seals second factors: made once, sealed by the master key, the same on every node. */
import type { SecretBox, Store } from '../store/index.ts';

const NAME = 'accounts.secret';

/** @throws PC_MASTER_KEY, PC_STORE_UNAVAILABLE */
export async function accountsSecret(
  store: Store,
  box: SecretBox,
  random: (bytes: number) => Uint8Array,
): Promise<string> {
  const fresh = Buffer.from(random(32)).toString('base64url');
  const place = { table: 'settings', id: NAME };
  return box.open(await store.settings.init(NAME, box.seal(fresh, place)), place);
}
