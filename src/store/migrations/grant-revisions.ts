/**
 * Which change of the configuration a grant was last changed by, so that a process can read the few that changed since it looked.
 * The database says it itself: also for a process of an earlier version, and for what a removed policy does to its grants.
 */
import type { Store } from '../types.ts';

const STAMP = '(select value from revision)';

export function grantRevisions(dialect: Store['dialect']): readonly string[] {
  return [
    'alter table grants add column revision bigint not null default 0',
    'create index grants_by_revision on grants (revision)',
    ...(dialect === 'sqlite' ? SQLITE : POSTGRES),
  ];
}

const SQLITE = [
  `create trigger grants_added after insert on grants begin
    update grants set revision = ${STAMP} where id = new.id;
  end`,
  `create trigger grants_changed after update on grants when new.revision = old.revision begin
    update grants set revision = ${STAMP} where id = new.id;
  end`,
  `create trigger grant_servers_added after insert on grant_servers begin
    update grants set revision = ${STAMP} where id = new.grant_id;
  end`,
  `create trigger grant_servers_changed after update on grant_servers begin
    update grants set revision = ${STAMP} where id = new.grant_id;
  end`,
  `create trigger grant_servers_removed after delete on grant_servers begin
    update grants set revision = ${STAMP} where id = old.grant_id;
  end`,
] as const;

const POSTGRES = [
  `create function stamp_revision() returns trigger language plpgsql as $$
    begin
      new.revision := ${STAMP};
      return new;
    end
  $$`,
  `create trigger grants_changed before insert or update on grants
    for each row execute function stamp_revision()`,
  `create function stamp_grant_of_server() returns trigger language plpgsql as $$
    begin
      update grants set revision = ${STAMP} where id = coalesce(new.grant_id, old.grant_id);
      return null;
    end
  $$`,
  `create trigger grant_servers_changed after insert or update or delete on grant_servers
    for each row execute function stamp_grant_of_server()`,
] as const;
