/**
 * Guessing takes many tries. Each try counts against the address it comes from and against the account it is for, in the
 * database, so for all nodes together; while the database cannot count, nobody signs in.
 */
import { PortcullisError } from '../errors.ts';
import { networkOf } from '../identity/index.ts';
import { hashToken, type Store } from '../store/index.ts';

const WINDOW_MS = 15 * 60_000;
/** An office may share an address. */
const PER_ADDRESS = 100;
const PER_ACCOUNT = 10;

export interface Attempt {
  readonly address: string;
  /** E-mail address of the account that is tried to be opened. */
  readonly account?: string | undefined;
}

/** Counts one more. @throws PC_THROTTLED, PC_STORE_UNAVAILABLE */
export async function throttle(store: Store, now: number, attempt: Attempt): Promise<void> {
  await count(store, now, `address ${networkOf(attempt.address)}`, PER_ADDRESS);
  if (attempt.account !== undefined) await count(store, now, accountKey(attempt.account), PER_ACCOUNT);
}

/** After success: whoever knows the password has not been guessing. */
export async function forgive(store: Store, account: string): Promise<void> {
  await store.accounts.throttles.forget(accountKey(account));
}

async function count(store: Store, now: number, key: string, most: number): Promise<void> {
  const { count: tries, resetsAt } = await store.accounts.throttles.hit(key, WINDOW_MS);
  if (tries > most)
    throw new PortcullisError('PC_THROTTLED', { seconds: Math.max(1, Math.ceil((resetsAt - now) / 1000)) });
}

/** Hashed, so that a table of tries is no list of people. */
function accountKey(account: string): string {
  return `account ${hashToken(account.toLowerCase())}`;
}
