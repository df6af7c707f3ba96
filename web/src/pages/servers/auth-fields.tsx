import type { ServerInput } from '../../api/types.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';

export type AuthKind = 'headers' | 'oauth' | 'per-user' | 'client_credentials';

export interface AuthChoice {
  readonly kind: AuthKind;
  readonly clientId: string;
  readonly clientSecret: string;
  /** With spaces between. */
  readonly scopes: string;
}

export const NO_AUTH: AuthChoice = { kind: 'headers', clientId: '', clientSecret: '', scopes: '' };

const KINDS = [
  { value: 'headers', text: 'Headers, or nothing' },
  { value: 'oauth', text: 'OAuth: one account for all calls' },
  { value: 'per-user', text: 'OAuth: everybody for themself' },
  { value: 'client_credentials', text: 'OAuth: the gateway by itself' },
] as const;

const HINTS: Readonly<Record<AuthKind, string>> = {
  headers: 'What you set as headers goes with every call',
  oauth: 'An admin signs in once, in a browser',
  'per-user': 'Every member signs in; calls run as the person who owns the grant',
  client_credentials: 'With a client id and a secret, without a person',
};

/** How the gateway signs in at a server. */
export function AuthFields({
  value,
  onChange,
}: {
  readonly value: AuthChoice;
  readonly onChange: (value: AuthChoice) => void;
}) {
  const put = (part: Partial<AuthChoice>): void => onChange({ ...value, ...part });
  const needsClient = value.kind === 'client_credentials';
  return (
    <>
      <Field label="Sign-in" hint={HINTS[value.kind]}>
        {(ids) => <Select {...ids} value={value.kind} onChange={(kind) => put({ kind })} choices={KINDS} />}
      </Field>
      {value.kind !== 'headers' && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Client id" optional={!needsClient} hint="If you registered a client there">
              {(ids) => (
                <TextInput
                  {...ids}
                  mono
                  required={needsClient || value.clientSecret !== ''}
                  value={value.clientId}
                  onChange={(clientId) => put({ clientId })}
                />
              )}
            </Field>
            <Field label="Client secret" optional={!needsClient} hint="Sealed, and never shown again">
              {(ids) => (
                <TextInput
                  {...ids}
                  mono
                  type="password"
                  autoComplete="new-password"
                  required={needsClient}
                  value={value.clientSecret}
                  onChange={(clientSecret) => put({ clientSecret })}
                />
              )}
            </Field>
          </div>
          <Field label="Scopes" optional hint="With spaces between; what the server names unless given">
            {(ids) => <TextInput {...ids} mono value={value.scopes} onChange={(scopes) => put({ scopes })} />}
          </Field>
        </>
      )}
    </>
  );
}

/** As the API takes it. */
export function authBody({ kind, clientId, clientSecret, scopes }: AuthChoice): ServerInput['auth'] {
  if (kind === 'headers') return { type: 'none' };
  const listed = scopes.split(/\s+/).filter((one) => one !== '');
  const asked = listed.length === 0 ? {} : { scopes: listed };
  if (kind === 'client_credentials') return { type: kind, clientId, clientSecret, ...asked };
  return {
    type: 'oauth',
    ...(clientId === '' ? {} : { clientId }),
    ...(clientSecret === '' ? {} : { clientSecret }),
    ...asked,
    ...(kind === 'per-user' ? { perUser: true } : {}),
  };
}
