/**
 * Codes by time after every way to sign in. The library asks for one after a password; here the same question follows a
 * mailed link and a provider, whose session ends before anybody gets its cookie. Whoever comes by a link is in a browser,
 * so it is sent to the page that asks; other callers read `twoFactorRedirect`, as after a password.
 */
import { createAuthMiddleware } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';

const PAGE = '/second-factor';
/** Where sessions begin: a code itself begins one too, and is not asked for twice. */
const BEGINS = /^\/(?:sign-in|magic-link|callback)\//;

/** @param publicUrl where the dashboard is */
export function secondFactor(publicUrl: string) {
  const plugin = twoFactor({ issuer: 'Portcullis', schema: { twoFactor: { modelName: 'twoFactors' } } });
  const begins = ({ path }: { path?: string | undefined }): boolean => BEGINS.test(path ?? '');
  const sendToPage = createAuthMiddleware(async (context) => {
    const { returned, responseHeaders } = context.context;
    const goal = responseHeaders?.get('location');
    if (typeof goal !== 'string' || !asksForCode(returned)) return;
    const { pathname, search } = new URL(goal, publicUrl);
    throw context.redirect(`${publicUrl}${PAGE}?to=${encodeURIComponent(pathname + search)}`);
  });
  return {
    ...plugin,
    hooks: {
      after: [
        ...plugin.hooks.after.map((hook) => ({ ...hook, matcher: begins })),
        { matcher: begins, handler: sendToPage },
      ],
    },
  };
}

function asksForCode(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
}
