import type { BetterAuthOptions } from 'better-auth';
import type { AccountSettings } from './read-settings.ts';

/** Providers that the library knows by name. */
export function socialProviders({
  google,
  github,
}: AccountSettings): Pick<BetterAuthOptions, 'socialProviders'> {
  return {
    socialProviders: {
      ...(google === undefined ? {} : { google }),
      ...(github === undefined ? {} : { github }),
    },
  };
}
