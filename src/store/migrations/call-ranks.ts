/** Calls of finished days, packed to be ranked: see `stats/ranks.ts`. Made of `call_stats` in the background, and never needed for an answer. */
export const callRanks = [
  `create table call_ranks (
    organization text not null,
    dimension text not null,
    span bigint not null,
    bucket bigint not null,
    packed text not null,
    primary key (organization, dimension, span, bucket)
  )`,
] as const;
