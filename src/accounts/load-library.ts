/**
 * The library with the operator's OpenID Connect provider, which it asks for its metadata when it is made; without it while
 * the provider does not answer. So whoever is signed in, or signs in in another way, never waits for a provider.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createLibrary, type Admitted, type Library } from './create-library.ts';
import type { AccountOptions } from './types.ts';

const PATIENCE_MS = 5000;

export interface Loaded {
  readonly library: Library;
  /** Whether every provider that is set up can be used. */
  readonly isWhole: boolean;
}

/** @throws PC_MASTER_KEY, PC_STORE_UNAVAILABLE */
export async function loadLibrary(options: AccountOptions, admitted: Admitted): Promise<Loaded> {
  const library = await createLibrary(options, admitted);
  const { settings, logger } = options;
  if (settings.oidc === undefined || (await knowsProvider(library))) return { library, isWhole: true };
  logger.warn({ issuer: settings.oidc.issuer }, 'the OpenID Connect provider cannot be reached');
  const without = { ...options, settings: { ...settings, oidc: undefined } };
  return { library: await createLibrary(without, admitted), isWhole: false };
}

function knowsProvider({ $context }: Library): Promise<boolean> {
  const known = $context.then(
    ({ socialProviders }) => socialProviders.some(({ id }) => id === 'oidc'),
    () => false,
  );
  return Promise.race([known, pause(PATIENCE_MS, false, { ref: false })]);
}
