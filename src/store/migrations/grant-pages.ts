/**
 * Indexes by which grants are listed and counted without reading all of them, and by which it is seen whose tools were listed
 * again. Those of before are beginnings of them.
 */
export const grantPages: readonly string[] = [
  'create index grants_by_server_and_id on grants (server_id, id)',
  'create index grants_by_policy_and_id on grants (policy_id, id)',
  'create index grants_counted on grants (server_id, policy_id, revoked_at, expires_at, revision, id)',
  'create index grants_by_revision_and_id on grants (revision, id)',
  'create index grant_servers_by_server_and_grant on grant_servers (server_id, grant_id)',
  'create index grant_servers_by_policy_and_grant on grant_servers (policy_id, grant_id)',
  'drop index grants_by_server',
  'drop index grants_by_policy',
  'drop index grants_by_revision',
  'drop index grant_servers_by_server',
  'drop index grant_servers_by_policy',
  'create index tools_by_listing on tools (server_id, last_seen_at, revision)',
];
