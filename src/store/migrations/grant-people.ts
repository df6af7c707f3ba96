/** As whom a grant's calls run at servers where everybody signs in for themself. */
export const grantPeople: readonly string[] = ['alter table grants add column owner_id text'];
