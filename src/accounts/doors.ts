/**
 * What of the library can be reached from outside: what our own pages use. Organizations, members, invitations and sessions
 * go through our own routes, whose roles are checked in one place; accounts are made by invitation or owner link. What
 * leaves a row behind for whoever asks is throttled as guessing is.
 */
export const BASE_PATH = '/api/auth';

type Door = 'open' | 'throttled';

const DOORS: Readonly<Record<string, Door>> = {
  'POST /sign-in/email': 'throttled',
  'POST /sign-in/magic-link': 'throttled',
  'POST /sign-in/social': 'throttled',
  'GET /magic-link/verify': 'throttled',
  'POST /sign-out': 'open',
  'POST /change-password': 'throttled',
  'POST /request-password-reset': 'throttled',
  'GET /reset-password/*': 'throttled',
  'POST /reset-password': 'throttled',
  'GET /callback/*': 'open',
  'POST /organization/set-active': 'open',
  'POST /two-factor/enable': 'throttled',
  'POST /two-factor/disable': 'throttled',
  'POST /two-factor/verify-totp': 'throttled',
  'POST /two-factor/verify-backup-code': 'throttled',
};

/** Undefined for what cannot be reached. @param path under `BASE_PATH` */
export function doorOf(method: string, path: string): Door | undefined {
  return DOORS[`${method} ${path}`] ?? DOORS[`${method} ${path.replace(/\/[^/]+$/, '/*')}`];
}
