/**
 * Which blocks hold a word, and which of their entries: searches for several words at once then read the blocks that have
 * them in one entry, and no others. What `log_terms` says of older blocks is moved here later, block by block
 * (`log/move-terms.ts`): there may be tens of millions of rows. One tree in SQLite, because every search goes by the key.
 */
import type { Store } from '../types.ts';

export const logPostings = (dialect: Store['dialect']): readonly string[] => [
  `create table log_postings (
    term text not null,
    at_max bigint not null,
    first_seq bigint not null,
    chain text not null,
    at_min bigint not null,
    positions text,
    primary key (term, at_max, first_seq, chain)
  )${dialect === 'sqlite' ? ' without rowid' : ''}`,
];
