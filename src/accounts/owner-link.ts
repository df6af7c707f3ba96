/**
 * The owner link: how the first account is made, and how an operator gets back in. Whoever can read the server's output or
 * run its command line owns it already. One link is valid at a time, for one use; it is sealed, so that every node and
 * every start before its use show the same.
 */
import { timingSafeEqual } from 'node:crypto';
import { hashToken, type SecretBox, type Store } from '../store/index.ts';

const NAME = 'accounts.owner-link';
const PLACE = { table: 'settings', id: NAME };
const USED = '';

export interface OwnerLinkOptions {
  readonly store: Store;
  readonly box: SecretBox;
  readonly publicUrl: string;
  readonly random: (bytes: number) => Uint8Array;
}

/** The link that is valid, made unless there is one. Undefined once there are accounts. */
export async function firstOwnerLink(options: OwnerLinkOptions): Promise<string | undefined> {
  const { store, box, publicUrl } = options;
  if ((await store.accounts.people.count()) > 0) return undefined;
  const sealed = await store.settings.init(NAME, box.seal(newSecret(options), PLACE));
  return sealed === USED ? undefined : linkOf(publicUrl, box.open(sealed, PLACE));
}

/** Makes a new link; the one before is void. */
export async function newOwnerLink(options: OwnerLinkOptions): Promise<string> {
  const token = newSecret(options);
  await options.store.settings.set(NAME, options.box.seal(token, PLACE));
  return linkOf(options.publicUrl, token);
}

/** Uses the link up. @returns false when the token is not the one that is valid */
export async function useOwnerLink({ store, box }: OwnerLinkOptions, token: string): Promise<boolean> {
  const sealed = await store.settings.get(NAME);
  if (sealed === undefined || sealed === USED) return false;
  const expected = Buffer.from(hashToken(box.open(sealed, PLACE)));
  if (!timingSafeEqual(expected, Buffer.from(hashToken(token)))) return false;
  return store.settings.replace(NAME, sealed, USED);
}

function newSecret({ random }: OwnerLinkOptions): string {
  return Buffer.from(random(32)).toString('base64url');
}

function linkOf(publicUrl: string, token: string): string {
  return `${publicUrl}/welcome?token=${token}`;
}
