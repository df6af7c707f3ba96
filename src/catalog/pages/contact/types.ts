/** Where letters to the operator are kept, and what protects them from abuse. No mail is sent. */
import type { Store } from '../../../store/index.ts';

export interface ContactDesk {
  readonly messages: Pick<Store['contactMessages'], 'accept'>;
  /** 32 bytes, the same on all nodes: signs form tokens and digests addresses. */
  readonly secret: () => Promise<Uint8Array>;
  /** Ms since the epoch. */
  readonly now: () => number;
}
