/**
 * What of the library can be reached from outside. Organizations, members and invitations go through our own routes,
 * whose roles are checked in one place; accounts are made by invitation or owner link.
 */
export const BASE_PATH = '/api/auth';

type Door = 'open' | 'throttled';

const DOORS: Readonly<Record<string, Door>> = {
  'POST /sign-in/email': 'throttled',
  'POST /sign-in/magic-link': 'throttled',
  'POST /sign-in/social': 'open',
  'GET /magic-link/verify': 'throttled',
  'POST /sign-out': 'open',
  'POST /revoke-sessions': 'open',
  'POST /revoke-other-sessions': 'open',
  'POST /change-password': 'throttled',
  'POST /request-password-reset': 'throttled',
  'GET /reset-password/*': 'throttled',
  'POST /reset-password': 'throttled',
  'POST /update-user': 'open',
  'GET /list-accounts': 'open',
  'POST /link-social': 'open',
  'POST /unlink-account': 'open',
  'GET /callback/*': 'open',
  'POST /organization/set-active': 'open',
  'POST /two-factor/enable': 'throttled',
  'POST /two-factor/disable': 'throttled',
  'POST /two-factor/get-totp-uri': 'throttled',
  'POST /two-factor/verify-totp': 'throttled',
  'POST /two-factor/verify-backup-code': 'throttled',
  'POST /two-factor/generate-backup-codes': 'throttled',
  'GET /error': 'open',
};

/** Undefined for what cannot be reached. @param path under `BASE_PATH` */
export function doorOf(method: string, path: string): Door | undefined {
  return DOORS[`${method} ${path}`] ?? DOORS[`${method} ${path.replace(/\/[^/]+$/, '/*')}`];
}
