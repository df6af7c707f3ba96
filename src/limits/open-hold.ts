/** What one call took, until its outcome is known. The first of commit and release settles it; later ones do nothing. */
import type { WindowReservation } from '../policy/index.ts';
import type { Bucket, Tally } from './tally.ts';
import type { Hold, Taken } from './types.ts';

interface WindowPart {
  readonly tally: Tally;
  readonly bucket: Bucket;
}

export class OpenHold implements Hold {
  readonly taken: Taken[] = [];
  readonly #parts: WindowPart[] = [];
  #slots: string[] | undefined;
  readonly #freeSlot: (key: string) => void;
  #settled = false;

  constructor(freeSlot: (key: string) => void) {
    this.#freeSlot = freeSlot;
  }

  addWindow(taken: Taken, tally: Tally, bucket: Bucket): void {
    this.taken.push(taken);
    this.#parts.push({ tally, bucket });
  }

  addSlot(key: string): void {
    this.#slots ??= [];
    this.#slots.push(key);
  }

  commit(): void {
    if (this.#settled) return;
    this.#settled = true;
    if (this.#slots !== undefined) for (const key of this.#slots) this.#freeSlot(key);
  }

  release(filter?: (reservation: WindowReservation) => boolean): readonly Taken[] {
    if (this.#settled) return [];
    this.commit();
    return this.taken.filter((taken, index) => {
      if (filter !== undefined && !filter(taken.reservation)) return false;
      const part = this.#parts[index] as WindowPart;
      return part.tally.giveBack(part.bucket, taken.amount);
    });
  }
}
