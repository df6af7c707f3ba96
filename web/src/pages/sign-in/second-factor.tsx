import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { request } from '../../api/request.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { CodeRefused } from './code-refused.tsx';
import { Door } from './door.tsx';

export function SecondFactor({ onDone }: { readonly onDone: () => void }) {
  const [code, setCode] = useState('');
  const [backup, setBackup] = useState(false);
  const verify = useMutation({
    mutationFn: () =>
      request(
        'POST',
        backup ? '/api/auth/two-factor/verify-backup-code' : '/api/auth/two-factor/verify-totp',
        {
          body: { code: code.trim() },
        },
      ),
    onSuccess: onDone,
  });
  return (
    <Door title="Second factor">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          verify.mutate();
        }}
      >
        <Field label={backup ? 'Backup code' : 'Code of your authenticator app'}>
          {(ids) => (
            <TextInput
              {...ids}
              autoFocus
              required
              mono
              autoComplete="one-time-code"
              inputMode={backup ? 'text' : 'numeric'}
              value={code}
              onChange={setCode}
            />
          )}
        </Field>
        <Checkbox checked={backup} onChange={setBackup}>
          I use a backup code
        </Checkbox>
        {verify.isError && (
          <>
            <CodeRefused error={verify.error} />
            <p className="text-sm">
              <Link to="/sign-in" reloadDocument className="underline">
                Sign in again
              </Link>
            </p>
          </>
        )}
        <Button look="main" type="submit" busy={verify.isPending} className="w-full">
          Sign in
        </Button>
      </form>
    </Door>
  );
}
