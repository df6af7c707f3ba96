/** The tables of the first release, in the SQL that SQLite and PostgreSQL share. */

const SERVERS = [
  `create table servers (
    id text primary key,
    organization_id text not null,
    slug text not null,
    name text not null,
    transport text not null,
    url text,
    command text,
    sealed_secrets text,
    secret_names text not null,
    case_sensitive integer not null,
    source text not null,
    version integer not null,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  'create unique index servers_slug on servers (slug)',
  `create table tools (
    server_id text not null references servers (id) on delete cascade,
    name text not null,
    definition text not null,
    digest text not null,
    pinned_digest text not null,
    class text not null,
    classes text not null,
    severity text not null,
    class_override text,
    assessment text not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    primary key (server_id, name)
  )`,
];

const POLICIES = [
  `create table policies (
    id text primary key,
    server_id text not null references servers (id) on delete cascade,
    name text not null,
    source text not null,
    version integer not null,
    document text not null,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  'create unique index policies_name on policies (server_id, name)',
  `create table policy_versions (
    policy_id text not null references policies (id) on delete cascade,
    version integer not null,
    document text not null,
    written text not null,
    note text,
    author text not null,
    created_at bigint not null,
    primary key (policy_id, version)
  )`,
];

const CREDENTIALS = [
  `create table grants (
    id text primary key,
    server_id text not null references servers (id) on delete cascade,
    label text not null,
    tags text not null,
    policy_id text references policies (id) on delete set null,
    token_hash text not null,
    sealed_token text not null,
    expires_at bigint,
    revoked_at bigint,
    source text not null,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  'create unique index grants_token_hash on grants (token_hash)',
  'create index grants_by_server on grants (server_id)',
  'create index grants_by_policy on grants (policy_id)',
  `create table retired_tokens (
    token_hash text primary key,
    grant_id text not null references grants (id) on delete cascade,
    valid_until bigint not null
  )`,
  'create index retired_tokens_by_grant on retired_tokens (grant_id)',
  `create table api_keys (
    id text primary key,
    organization_id text not null,
    label text not null,
    role text not null,
    key_hash text not null,
    expires_at bigint,
    last_used_at bigint,
    created_at bigint not null
  )`,
  'create unique index api_keys_key_hash on api_keys (key_hash)',
];

// The line stands last: SQLite then reads the other columns without following a long line over several pages.
const LOG = [
  `create table entries (
    chain text not null,
    seq bigint not null,
    kind text not null,
    id text not null,
    at bigint not null,
    organization text not null,
    server text,
    grant_id text,
    tool text,
    method text,
    outcome text,
    rule text,
    line text not null,
    primary key (chain, seq)
  )`,
  'create index entries_by_id on entries (id)',
  'create index entries_by_time on entries (at, seq, chain)',
  'create index entries_by_server on entries (server, at, seq, chain) where server is not null',
  'create index entries_by_grant on entries (grant_id, at, seq, chain) where grant_id is not null',
  `create table chains (
    chain text primary key,
    seq bigint not null,
    hash text not null,
    public_key text not null
  )`,
  `create table counters (
    key text not null,
    bucket bigint not null,
    amount double precision not null,
    expires bigint not null,
    primary key (key, bucket)
  )`,
  `create table admin_events (
    id text primary key,
    at bigint not null,
    organization_id text not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail text not null
  )`,
  'create index admin_events_by_time on admin_events (organization_id, at, id)',
];

const INSTALLATION = [
  'create table settings (name text primary key, value text not null)',
  'create table revision (id integer primary key, value bigint not null)',
  'insert into revision (id, value) values (1, 0)',
  'create table nodes (id text primary key, applied_revision bigint not null, at bigint not null)',
];

export const firstTables = [...SERVERS, ...POLICIES, ...CREDENTIALS, ...LOG, ...INSTALLATION] as const;
