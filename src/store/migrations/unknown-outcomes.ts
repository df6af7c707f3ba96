/** Calls whose answer was lost, and the earlier call that an approval may be about. */
export const unknownOutcomes: readonly string[] = [
  `create table unknown_outcomes (
    key text primary key,
    id text not null,
    server_id text not null,
    grant_id text not null,
    tool text not null,
    at bigint not null,
    expires_at bigint not null,
    open integer not null,
    change bigint not null
  )`,
  'create index unknown_outcomes_by_change on unknown_outcomes (change)',
  'create index unknown_outcomes_by_grant on unknown_outcomes (grant_id, expires_at)',
  'create index unknown_outcomes_by_end on unknown_outcomes (expires_at)',
  'create table unknown_outcome_changes (id integer primary key, value bigint not null)',
  'insert into unknown_outcome_changes (id, value) values (1, 0)',
  'alter table approvals add column earlier text',
];
