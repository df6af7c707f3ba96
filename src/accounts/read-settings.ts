/** Ways to sign in that an operator turns on. Half a setting is an error: a button that cannot work helps nobody. */
import { isLoopback } from '../loopback.ts';
import { PortcullisError } from '../errors.ts';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface OidcProvider extends ClientCredentials {
  readonly name: string;
  /** Issuer; its discovery document is at `<issuer>/.well-known/openid-configuration`. */
  readonly issuer: string;
}

export interface AccountSettings {
  readonly smtpUrl: string | undefined;
  /** Who mails are from. */
  readonly mailFrom: string;
  readonly google: ClientCredentials | undefined;
  readonly github: ClientCredentials | undefined;
  readonly oidc: OidcProvider | undefined;
}

/** An address, alone or after a name. */
const SENDER = /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws PC_CONFIG_INVALID naming the variable and what it should be */
export function readSettings(variables: Variables, publicUrl: string): AccountSettings {
  const read = (name: string): string | undefined => variables[name]?.trim() || undefined;
  const smtpUrl = read('PORTCULLIS_SMTP_URL');
  if (smtpUrl !== undefined && !/^smtps?:\/\/./.test(smtpUrl))
    throw bad('PORTCULLIS_SMTP_URL', 'a URL that begins with smtp:// or smtps://');
  const mailFrom = read('PORTCULLIS_SMTP_FROM');
  if (mailFrom !== undefined && !SENDER.test(mailFrom))
    throw bad('PORTCULLIS_SMTP_FROM', 'an address, such as gate@example.com or Gate <gate@example.com>');
  const issuer = read('PORTCULLIS_OIDC_ISSUER');
  if (issuer !== undefined && !isIssuer(issuer))
    throw bad(
      'PORTCULLIS_OIDC_ISSUER',
      'an https:// URL without query or credentials, or http:// on this machine',
    );
  const oidc = credentials(read, 'PORTCULLIS_OIDC');
  if ((oidc === undefined) !== (issuer === undefined))
    throw bad('PORTCULLIS_OIDC_ISSUER', 'set together with PORTCULLIS_OIDC_CLIENT_ID and …_CLIENT_SECRET');
  return {
    smtpUrl,
    mailFrom: mailFrom ?? `Portcullis <portcullis@${new URL(publicUrl).hostname}>`,
    google: credentials(read, 'PORTCULLIS_GOOGLE'),
    github: credentials(read, 'PORTCULLIS_GITHUB'),
    oidc: oidc && {
      ...oidc,
      issuer: issuer!.replace(/\/$/, ''),
      name: read('PORTCULLIS_OIDC_NAME') ?? new URL(issuer!).hostname,
    },
  };
}

function credentials(
  read: (name: string) => string | undefined,
  prefix: string,
): ClientCredentials | undefined {
  const clientId = read(`${prefix}_CLIENT_ID`);
  const clientSecret = read(`${prefix}_CLIENT_SECRET`);
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId === undefined || clientSecret === undefined)
    throw bad(`${prefix}_CLIENT_ID`, `set together with ${prefix}_CLIENT_SECRET`);
  return { clientId, clientSecret };
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if ([username, password, search, hash].some((part) => part !== '')) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function bad(name: string, expected: string): PortcullisError {
  return new PortcullisError('PC_CONFIG_INVALID', { detail: `${name} must be ${expected}` });
}
