import { Field } from './field.tsx';
import { TextInput } from './text-input.tsx';

/** As the gateway demands it. */
const SHORTEST = 10;

/** A password that somebody has, or a new one. */
export function PasswordField({
  label,
  value,
  onChange,
  isNew = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isNew?: boolean;
}) {
  return (
    <Field label={label} {...(isNew ? { hint: `At least ${SHORTEST} characters` } : {})}>
      {(ids) => (
        <TextInput
          {...ids}
          type="password"
          required
          {...(isNew ? { minLength: SHORTEST } : {})}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
