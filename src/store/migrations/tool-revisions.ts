/** Which change of the configuration an owner last changed a tool by; see `grant-revisions.ts`. */
import type { Store } from '../types.ts';

const STAMP = '(select value from revision)';

export function toolRevisions(dialect: Store['dialect']): readonly string[] {
  return [
    'alter table tools add column revision bigint not null default 0',
    'create index tools_by_revision on tools (revision)',
    ...(dialect === 'sqlite' ? SQLITE : POSTGRES),
  ];
}

const SQLITE = [
  `create trigger tools_changed after update of class_override, pinned_digest on tools begin
    update tools set revision = ${STAMP} where server_id = new.server_id and name = new.name;
  end`,
] as const;

const POSTGRES = [
  `create trigger tools_changed before update of class_override, pinned_digest on tools
    for each row execute function stamp_revision()`,
] as const;
