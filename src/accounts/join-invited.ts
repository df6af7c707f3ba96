import { newId } from '../store/index.ts';
import type { AccountOptions } from './types.ts';

/** Takes every invitation for an address that the person has proved to be theirs. */
export async function joinInvited(
  { store, now }: Pick<AccountOptions, 'store' | 'now'>,
  person: { readonly id: string; readonly email: string },
): Promise<void> {
  for (const { id } of await store.accounts.invitations.forEmail(person.email))
    await store.accounts.invitations.accept(id, { id: newId(now()), userId: person.id });
}
