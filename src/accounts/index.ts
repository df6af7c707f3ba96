export { Accounts, type NewPerson } from './accounts.ts';
export { invite } from './invitations.ts';
export { firstOwnerLink, newOwnerLink, type OwnerLinkOptions } from './owner-link.ts';
export { readSettings, type AccountSettings } from './read-settings.ts';
export { sendMail } from './send-mail.ts';
export type { AccountOptions, SignedIn, SignedInAnswer } from './types.ts';
