/** What to say when a value that must be unique is taken. */
import { PortcullisError } from '../errors.ts';

export const LOST_REFERENCE = 'lost reference';

/** By the name of the unique index. */
const DETAILS: Readonly<Record<string, string>> = {
  servers_slug: 'There is a server with this slug already.',
  policies_name: 'The server has a policy with this name already.',
  grants_token_hash: 'This token belongs to another grant.',
  retired_tokens_token_hash: 'This token belonged to another grant.',
  users_email: 'There is an account with this e-mail address already.',
  members_user: 'This person is a member already.',
  api_keys_key_hash: 'There is an API key with this secret already.',
  alerts_name: 'There is an alert with this name already.',
  [LOST_REFERENCE]: 'It belongs to something that was removed meanwhile.',
};

export function conflict(index: string, cause?: unknown): PortcullisError {
  const detail = DETAILS[index] ?? 'There is one with this id already.';
  return new PortcullisError('PC_API_CONFLICT', { detail }, { cause });
}
