import type { AttackPattern } from '../attacks/types.ts';
import type { CatalogReader } from '../library/types.ts';
import type { ContactDesk } from './contact/types.ts';

/** What the pages stand on. */
export interface CatalogPagesOptions {
  readonly reader: CatalogReader;
  readonly attacks: readonly AttackPattern[];
  /** Canonical URLs begin with it; no slash at its end. */
  readonly publicUrl: string;
  /** Where letters go; without it, `/contact` does not exist. */
  readonly contact?: ContactDesk | undefined;
}
