/** What retention has taken from the front of each chain, signed: without it a log that does not begin at 1 was tampered with. */
export const logRemovals = [
  `create table log_removals (
    chain text primary key,
    up_to bigint not null,
    hash text not null,
    at bigint not null,
    key_id text not null,
    public_key text not null,
    signature text not null
  )`,
  'create index call_stats_age on call_stats (span, bucket)',
] as const;
