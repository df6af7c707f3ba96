/**
 * Signing in by a provider goes to its page and comes back with a code that is bound to the browser that began. The library
 * would also take an identity token from whoever brings one, with an access token of anybody beside it, and more: only what
 * our own page sends is let through.
 */
import { PortcullisError } from '../errors.ts';

const MEMBERS = new Set(['provider', 'callbackURL', 'errorCallbackURL']);

/** @throws PC_API_INVALID naming what is not known */
export function checkProviderRequest(members: Readonly<Record<string, unknown>>): void {
  const problems = Object.keys(members)
    .filter((name) => !MEMBERS.has(name))
    .map((name) => ({ pointer: `/${name}`, message: 'This member is not known.' }));
  if (problems.length > 0) throw new PortcullisError('PC_API_INVALID', {}, { problems });
}
