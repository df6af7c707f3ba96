/** Calls that wait for people, what people said of them, and how people are told. */

const APPROVALS = [
  `create table approvals (
    id text primary key,
    organization_id text not null,
    server_id text not null,
    server_name text not null,
    grant_id text not null,
    grant_label text not null,
    owner text,
    tool text not null,
    tool_class text not null,
    fingerprint text not null,
    definition_digest text not null,
    argument_digest text not null,
    policy_id text not null,
    policy_version integer not null,
    rule text not null,
    message text not null,
    sealed_arguments text,
    view_hash text not null,
    people integer not null,
    role text not null,
    approvers text not null,
    state text not null,
    requested_at bigint not null,
    expires_at bigint not null,
    decided_at bigint,
    claimed_at bigint,
    claimed_by text,
    returned_at bigint,
    result text,
    told integer not null,
    logged integer not null,
    updated_at bigint not null
  )`,
  // One record for identical calls: at most one of them waits or may be used.
  `create unique index approvals_live on approvals (fingerprint) where state in ('pending', 'approved')`,
  'create index approvals_by_fingerprint on approvals (fingerprint, requested_at, id)',
  'create index approvals_by_time on approvals (organization_id, requested_at, id)',
  'create index approvals_by_change on approvals (updated_at)',
  "create index approvals_waiting on approvals (grant_id) where state = 'pending'",
  'create index approvals_by_tool on approvals (server_id, tool, claimed_at)',
  `create table approval_votes (
    approval_id text not null references approvals (id) on delete cascade,
    actor text not null,
    verdict text not null,
    reason text,
    view_hash text not null,
    via text not null,
    at bigint not null,
    primary key (approval_id, actor)
  )`,
  `create table approval_links (
    id text primary key,
    approval_id text not null references approvals (id) on delete cascade,
    approver text not null,
    expires_at bigint not null,
    used_at bigint
  )`,
];

const ALERTS = [
  `create table alerts (
    id text primary key,
    organization_id text not null,
    name text not null,
    channel text not null,
    sealed_target text not null,
    shown text not null,
    events text not null,
    server_id text,
    rule text,
    window_seconds integer not null,
    links integer not null,
    enabled integer not null,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  'create unique index alerts_name on alerts (organization_id, name)',
  `create table alert_marks (
    alert_id text not null references alerts (id) on delete cascade,
    key text not null,
    at bigint not null,
    primary key (alert_id, key)
  )`,
  `create table alert_deliveries (
    id text primary key,
    alert_id text not null references alerts (id) on delete cascade,
    sealed_message text not null,
    attempts integer not null,
    next_at bigint not null,
    created_at bigint not null,
    done_at bigint,
    error text
  )`,
  'create index alert_deliveries_waiting on alert_deliveries (next_at) where done_at is null',
  'create index alert_deliveries_by_alert on alert_deliveries (alert_id, created_at)',
];

export const approvalTables = [...APPROVALS, ...ALERTS] as const;
