/** Kinds of SQL statement that a policy can name. */
export const SQL_STATEMENTS = [
  'select',
  'insert',
  'update',
  'delete',
  'merge',
  'create_table',
  'create_view',
  'create_index',
  'alter_table',
  'drop_table',
  'drop_view',
  'drop_index',
  'truncate',
  'explain',
  'begin',
  'commit',
  'rollback',
] as const;
export type SqlStatementKind = (typeof SQL_STATEMENTS)[number];
