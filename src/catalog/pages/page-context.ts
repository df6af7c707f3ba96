import type { AttackPattern } from '../attacks/types.ts';
import type { CatalogReader } from '../library/types.ts';
import type { ToolOutlines } from './server/tool-outlines.ts';

export interface Site {
  /** Canonical URLs begin with it; no slash at its end. */
  readonly publicUrl: string;
  /** Whether somebody reads letters here. */
  readonly hasContact: boolean;
}

/** What pages are made from. */
export interface PageContext extends Site {
  readonly reader: CatalogReader;
  readonly attacks: readonly AttackPattern[];
  readonly outlines: ToolOutlines;
}
