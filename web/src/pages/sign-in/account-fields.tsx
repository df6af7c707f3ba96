import { Field } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextInput } from '../../ui/text-input.tsx';

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** A new account. @param fixedEmail the one that was invited */
export function AccountFields({
  value,
  onChange,
  fixedEmail,
}: {
  readonly value: NewAccount;
  readonly onChange: (value: NewAccount) => void;
  readonly fixedEmail?: string;
}) {
  const put = (part: Partial<NewAccount>): void => onChange({ ...value, ...part });
  return (
    <>
      <Field label="Your name">
        {(ids) => (
          <TextInput
            {...ids}
            autoFocus
            required
            autoComplete="name"
            value={value.name}
            onChange={(name) => put({ name })}
          />
        )}
      </Field>
      <Field label="E-mail">
        {(ids) => (
          <TextInput
            {...ids}
            type="email"
            required
            autoComplete="username"
            readOnly={fixedEmail !== undefined}
            value={fixedEmail ?? value.email}
            onChange={(email) => put({ email })}
          />
        )}
      </Field>
      <PasswordField
        isNew
        label="Password"
        value={value.password}
        onChange={(password) => put({ password })}
      />
    </>
  );
}
