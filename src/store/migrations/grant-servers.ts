/** The servers that a grant reaches beside its first one, each under a policy of its own. */
export const grantServers: readonly string[] = [
  `create table grant_servers (
    grant_id text not null references grants (id) on delete cascade,
    server_id text not null references servers (id) on delete cascade,
    policy_id text references policies (id) on delete set null,
    place integer not null,
    primary key (grant_id, server_id)
  )`,
  'create index grant_servers_by_server on grant_servers (server_id)',
  'create index grant_servers_by_policy on grant_servers (policy_id)',
];
