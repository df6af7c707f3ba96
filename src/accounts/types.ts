/** What the rest of the program knows of accounts. */
import type { SecretBox, Store } from '../store/index.ts';
import type { AddressPolicy } from '../identity/index.ts';
import type { AccountSettings } from './read-settings.ts';

/** Whom a session stands for. */
export interface SignedIn {
  readonly sessionId: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly twoFactorEnabled: boolean;
  /** The one that was chosen last; membership in it is not checked. */
  readonly activeOrganizationId: string | null;
  readonly expiresAt: number;
  /** Set-Cookie values that the answer must carry, when the session was prolonged. */
  readonly setCookie: readonly string[];
}

export interface AccountLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface AccountOptions {
  readonly store: Store;
  readonly box: SecretBox;
  /** Cookies, links and redirects derive from it, never from a request. */
  readonly publicUrl: string;
  readonly addresses: AddressPolicy;
  /** The organization of the installation, which the owner link makes an admin of. */
  readonly organization: string;
  readonly settings: AccountSettings;
  readonly logger: AccountLogger;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

/** The answer to a request that may set cookies. */
export interface SignedInAnswer {
  readonly personId: string;
  readonly setCookie: readonly string[];
}
