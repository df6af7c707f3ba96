/** How the gateway gets into a server, as the REST API, the command line and the configuration file say it. */
import type { Problem } from '../errors.ts';
import type { ServerAuthInput } from './server-auth.ts';

export type ServerAccess =
  | { readonly type: 'none' }
  | { readonly type: 'bearer'; readonly token: string }
  | {
      readonly type: 'oauth';
      readonly clientId?: string | undefined;
      readonly clientSecret?: string | undefined;
      readonly scopes?: readonly string[] | undefined;
      readonly perUser?: boolean | undefined;
    }
  | {
      readonly type: 'client_credentials';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scopes?: readonly string[] | undefined;
    };

type Patch = Readonly<Record<string, string | null>>;

/** What contradicts itself or cannot be sent; empty when nothing does. */
export function accessProblems(headers: Patch, access: ServerAccess | undefined): Problem[] {
  if (access === undefined) return [];
  const problems = Object.entries(headers)
    .filter(([name, value]) => isAuthorization(name) && value !== null)
    .map(([name]) => ({
      pointer: `/headers/${name}`,
      message: 'The Authorization header is what `auth` sets; remove one of the two.',
    }));
  if (access.type === 'bearer' && !/^[\x21-\x7e]{1,16000}$/.test(access.token))
    problems.push({
      pointer: '/auth/token',
      message: 'Expected 1 to 16,000 visible ASCII characters without spaces.',
    });
  return problems;
}

/** The headers with the Authorization header that `access` sets; null where it takes one away. */
export function accessHeaders(
  headers: Patch,
  access: ServerAccess | undefined,
): Record<string, string | null> {
  if (access === undefined) return { ...headers };
  const others = Object.entries(headers).filter(([name]) => !isAuthorization(name));
  const own = access.type === 'bearer' ? `Bearer ${access.token}` : null;
  return Object.fromEntries([...others, ['Authorization', own]]);
}

/** For a server that is new: nothing is there that could be taken away. */
export function newAccessHeaders(headers: Patch, access: ServerAccess | undefined): Record<string, string> {
  const set = Object.entries(accessHeaders(headers, access));
  return Object.fromEntries(set.filter((one): one is [string, string] => one[1] !== null));
}

/** Null where no OAuth is involved. */
export function accessAuth(access: ServerAccess | undefined): ServerAuthInput | null {
  if (access === undefined || access.type === 'none' || access.type === 'bearer') return null;
  const { type: kind, clientId, clientSecret, scopes } = access;
  const perUser = access.type === 'oauth' && access.perUser === true;
  return {
    kind,
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(perUser ? { perUser } : {}),
  };
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}
