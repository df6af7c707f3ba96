/**
 * People, sessions, organizations. Columns are those of better-auth and its plugins, in the SQL that SQLite and
 * PostgreSQL share: its times are ISO 8601 text, its flags 0 and 1. Times of our own tables are ms since the epoch.
 */

const PEOPLE = [
  `create table users (
    id text primary key,
    name text not null,
    email text not null,
    email_verified integer not null,
    image text,
    two_factor_enabled integer,
    created_at text not null,
    updated_at text not null
  )`,
  'create unique index users_email on users (email)',
  `create table sessions (
    id text primary key,
    token text not null,
    user_id text not null references users (id) on delete cascade,
    active_organization_id text,
    ip_address text,
    user_agent text,
    expires_at text not null,
    created_at text not null,
    updated_at text not null
  )`,
  'create unique index sessions_token on sessions (token)',
  'create index sessions_by_user on sessions (user_id)',
  `create table accounts (
    id text primary key,
    account_id text not null,
    provider_id text not null,
    user_id text not null references users (id) on delete cascade,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at text,
    refresh_token_expires_at text,
    scope text,
    password text,
    created_at text not null,
    updated_at text not null
  )`,
  'create index accounts_by_user on accounts (user_id)',
  'create unique index accounts_provider on accounts (provider_id, account_id)',
  `create table verifications (
    id text primary key,
    identifier text not null,
    value text not null,
    expires_at text not null,
    created_at text not null,
    updated_at text not null
  )`,
  'create index verifications_by_identifier on verifications (identifier)',
  `create table two_factors (
    id text primary key,
    secret text not null,
    backup_codes text not null,
    user_id text not null references users (id) on delete cascade,
    verified integer,
    failed_verification_count integer,
    locked_until text
  )`,
  'create index two_factors_by_user on two_factors (user_id)',
];

const ORGANIZATIONS = [
  `create table organizations (
    id text primary key,
    name text not null,
    slug text not null,
    logo text,
    metadata text,
    created_at text not null
  )`,
  'create unique index organizations_slug on organizations (slug)',
  `create table members (
    id text primary key,
    organization_id text not null references organizations (id) on delete cascade,
    user_id text not null references users (id) on delete cascade,
    role text not null,
    created_at text not null
  )`,
  'create unique index members_user on members (organization_id, user_id)',
  'create index members_by_user on members (user_id)',
  `create table invitations (
    id text primary key,
    organization_id text not null references organizations (id) on delete cascade,
    email text not null,
    role text not null,
    status text not null,
    inviter_id text,
    expires_at text not null,
    created_at text not null
  )`,
  'create index invitations_by_organization on invitations (organization_id)',
  'create index invitations_by_email on invitations (email)',
];

const ACCESS = [
  // A server without a row is open to every member of its organization.
  `create table server_members (
    server_id text primary key references servers (id) on delete cascade,
    members text not null
  )`,
  `create table throttles (
    key text primary key,
    count integer not null,
    resets_at bigint not null
  )`,
];

export const accountTables = [...PEOPLE, ...ORGANIZATIONS, ...ACCESS] as const;
