/** Whose a grant is, and where it may be used from. */
export const grantLimits: readonly string[] = [
  'alter table grants add column owner text',
  `alter table grants add column allowed_addresses text not null default '[]'`,
];
