/** What an importer yields: servers, and what it could not read. */
import type { Problem } from '../../errors.ts';
import type { ImportedServer } from '../library/types.ts';

export const FORMATS = ['registry', 'server-json', 'packages', 'docker', 'tools-list', 'scan'] as const;
export type ImportFormat = (typeof FORMATS)[number];

/** Some servers of a source; small enough for one transaction or two. */
export interface ImportBatch {
  readonly servers: readonly ImportedServer[];
  /** Entries that were left out, and why. */
  readonly problems: readonly Problem[];
  /** From where to go on when everything up to here is stored; null at the end. */
  readonly next: string | null;
}

/** What every importer is told. */
export interface ImportSource {
  /** Path or address, as it was given: becomes the provenance. */
  readonly from: string;
  /** Ms since the epoch. */
  readonly at: number;
}
