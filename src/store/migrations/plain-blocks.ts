/**
 * What a block holds is stored as it is given: lines are packed already, and what a search compares is read far more often than
 * written. PostgreSQL else packs both itself, which takes most of the time of writing a block. Rows that are there stay as they are.
 */
import type { Store } from '../types.ts';

export const plainBlocks = (dialect: Store['dialect']): readonly string[] =>
  dialect === 'sqlite'
    ? []
    : [
        `alter table log_blocks
          alter column heads set storage external,
          alter column lines set storage external`,
      ];
