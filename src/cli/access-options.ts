/** The options that say how the gateway gets into a server. Secrets come from variables: a command line is seen by others. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ServerAccess } from '../registry/index.ts';
import type { EnvironmentVariables } from '../store/index.ts';
import { collect, secretOf } from './arguments.ts';

export interface AccessOptions {
  readonly auth?: ServerAccess['type'];
  readonly tokenEnv?: string;
  readonly clientId?: string;
  readonly clientSecretEnv?: string;
  readonly scope: readonly string[];
  readonly perUser?: boolean;
}

const TYPES = ['none', 'bearer', 'oauth', 'client_credentials'] as const;

/** Which of the options goes with which type. */
const GOES_WITH: Readonly<Record<ServerAccess['type'], readonly (keyof AccessOptions)[]>> = {
  none: [],
  bearer: ['tokenEnv'],
  oauth: ['clientId', 'clientSecretEnv', 'scope', 'perUser'],
  client_credentials: ['clientId', 'clientSecretEnv', 'scope'],
};

const FLAGS: Readonly<Record<Exclude<keyof AccessOptions, 'auth'>, string>> = {
  tokenEnv: '--token-env',
  clientId: '--client-id',
  clientSecretEnv: '--client-secret-env',
  scope: '--scope',
  perUser: '--per-user',
};

export function withAccessOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--auth <type>',
        'oauth: a person signs in (server connect); client_credentials: the gateway signs in by itself; bearer: a fixed token; none',
      ).choices(TYPES),
    )
    .option('--token-env <variable>', 'the variable with the token of --auth bearer')
    .option('--client-id <id>', 'of a client that is registered at the authorization server')
    .option('--client-secret-env <variable>', 'the variable with that client’s secret')
    .option('--scope <scope>', 'to ask for; what the server names unless given; repeatable', collect, [])
    .option(
      '--per-user',
      'with --auth oauth: everybody signs in for themself, and calls run as the owner of the grant',
    );
}

/** Undefined when nothing was said. @throws a usage error for options that do not go together */
export function accessOf(options: AccessOptions, variables: EnvironmentVariables): ServerAccess | undefined {
  const { auth: type, tokenEnv, clientId, clientSecretEnv, scope, perUser } = options;
  const given = (Object.keys(FLAGS) as (keyof typeof FLAGS)[]).filter((name) =>
    name === 'scope' ? scope.length > 0 : options[name] !== undefined,
  );
  const stray = given.find((name) => type === undefined || !GOES_WITH[type].includes(name));
  if (stray !== undefined)
    throw new InvalidArgumentError(
      `${FLAGS[stray]} goes with --auth ${TYPES.filter((one) => GOES_WITH[one].includes(stray)).join(' or ')}`,
    );
  if (type === undefined || type === 'none') return type && { type };
  if (type === 'bearer') return { type, token: secretOf('--token-env', tokenEnv, variables) };
  const scopes = scope.length === 0 ? {} : { scopes: scope };
  if (type === 'client_credentials') {
    if (clientId === undefined) throw new InvalidArgumentError('--auth client_credentials needs --client-id');
    const clientSecret = secretOf('--client-secret-env', clientSecretEnv, variables);
    return { type, clientId, clientSecret, ...scopes };
  }
  return {
    type,
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSecretEnv === undefined
      ? {}
      : { clientSecret: secretOf('--client-secret-env', clientSecretEnv, variables) }),
    ...scopes,
    ...(perUser === true ? { perUser } : {}),
  };
}
