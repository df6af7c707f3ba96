/** Ties a sign-in to the browser that began it: a link that somebody else sends does not complete. */
import { parse } from 'hono/utils/cookie';

const NAME = 'portcullis_sign_in';

/** @returns the Set-Cookie header. It comes back with the redirect of another site, so Lax is as strict as it can be. */
export function browserCookie(secret: string, publicUrl: string): string {
  const secure = publicUrl.startsWith('https://') ? '; Secure' : '';
  return `${NAME}=${secret}; Path=/oauth; Max-Age=600; HttpOnly; SameSite=Lax${secure}`;
}

/** The secret of a Cookie header. */
export function readBrowserCookie(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parse(header, NAME)[NAME];
}
