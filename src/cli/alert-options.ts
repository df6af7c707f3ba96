/** What an alert is told to be, as options of a command. Secrets come from variables: a command line is seen by others. */
import { withoutUndefined } from '../json.ts';
import type { Command } from 'commander';
import { ALERT_EVENTS } from '../alerts/index.ts';
import type { EnvironmentVariables } from '../store/index.ts';
import { collect, secondsOf, secretOf } from './arguments.ts';

export interface AlertOptions {
  readonly name?: string;
  readonly url?: string;
  readonly urlEnv?: string;
  readonly secretEnv?: string;
  readonly to: readonly string[];
  readonly event: readonly string[];
  /** False when it shall be told of every server. */
  readonly server?: string | false;
  readonly rule?: string | false;
  readonly window?: number;
  readonly links?: boolean;
  readonly enabled?: boolean;
}

export function withAlertOptions(command: Command): Command {
  return command
    .option('--event <event>', `${ALERT_EVENTS.join(', ')}; repeatable`, collect, [])
    .option('--url <url>', 'webhook, slack, teams: where to post')
    .option('--url-env <variable>', 'the variable with that URL: those of chats are secrets')
    .option('--secret-env <variable>', 'webhook: the variable with the secret that signs it')
    .option('--to <email>', 'email: a recipient; repeatable', collect, [])
    .option('--server <server>', 'only of this server: id or slug')
    .option('--rule <rule>', 'only by this rule')
    .option('--window <seconds>', 'the same thing is told once in this time', secondsOf)
    .option('--links', 'a one-time link to answer by comes with waiting approvals')
    .option('--no-links', 'no links');
}

/** As the REST API takes it; what was not named is not in it. */
export function alertInputOf(options: AlertOptions, variables: EnvironmentVariables): object {
  const { name, urlEnv, secretEnv, to, event, server, rule, window: windowSeconds, links, enabled } = options;
  const url = urlEnv === undefined ? options.url : secretOf('--url-env', urlEnv, variables);
  const secret = secretEnv === undefined ? undefined : secretOf('--secret-env', secretEnv, variables);
  const given = {
    name,
    url,
    secret,
    to: to.length === 0 ? undefined : to,
    events: event.length === 0 ? undefined : event,
    server: server === false ? null : server,
    rule: rule === false ? null : rule,
    windowSeconds,
    links,
    enabled,
  };
  return withoutUndefined(given);
}
