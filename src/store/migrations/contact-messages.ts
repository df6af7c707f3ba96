/** Letters to the operator, from the form on the public pages. */
export const contactMessages = [
  `create table contact_messages (
    id text primary key,
    at bigint not null,
    name text not null,
    email text not null,
    message text not null,
    page text not null,
    sender text not null
  )`,
  'create index contact_messages_by_time on contact_messages (at, id)',
] as const;
