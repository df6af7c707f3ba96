/** How the gateway signs in at servers that want OAuth, and what it got there. */
export const upstreamConnections = [
  'alter table servers add column auth text',
  `create table upstream_connections (
    server_id text not null references servers (id) on delete cascade,
    owner text not null,
    status text not null,
    expires_at bigint,
    scopes text not null,
    sealed text not null,
    version integer not null,
    refreshing_until bigint not null,
    updated_at bigint not null,
    primary key (server_id, owner)
  )`,
  `create table connection_attempts (
    id text primary key,
    server_id text not null references servers (id) on delete cascade,
    owner text not null,
    sealed text not null,
    expires_at bigint not null
  )`,
] as const;
