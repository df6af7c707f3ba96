import { useState } from 'react';
import { request } from '../../api/request.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Field } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';

interface Enrolment {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

export function TwoFactor({ enabled }: { readonly enabled: boolean }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const enable = useChange({
    run: () => request<Enrolment>('POST', '/api/auth/two-factor/enable', { body: { password } }),
    touches: [],
  });
  const verify = useChange({
    run: () => request('POST', '/api/auth/two-factor/verify-totp', { body: { code: code.trim() } }),
    touches: [['me']],
    done: 'The second factor is on.',
    onDone: () => enable.reset(),
  });
  const disable = useChange({
    run: () => request('POST', '/api/auth/two-factor/disable', { body: { password } }),
    touches: [['me']],
    done: 'The second factor is off.',
  });
  const failed = [enable, verify, disable].find(({ isError }) => isError);
  const enrolment = enable.data;
  return (
    <Card title="Second factor">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          (enrolment !== undefined ? verify : enabled ? disable : enable).mutate(undefined);
        }}
      >
        <p className="text-soft">
          {enabled
            ? 'It is on: signing in asks for a code of your app.'
            : 'Signing in then also asks for a code of your app.'}
        </p>
        {enrolment === undefined ? (
          <PasswordField label="Your password" value={password} onChange={setPassword} />
        ) : (
          <>
            <p>Add this key to your authenticator app, and keep the backup codes:</p>
            <CodeBlock label="Key" code={new URL(enrolment.totpURI).searchParams.get('secret') ?? ''} />
            <p>
              <a href={enrolment.totpURI} className="underline">
                Add it to the app on this device
              </a>
            </p>
            <CodeBlock label="Backup codes" code={enrolment.backupCodes.join('\n')} />
            <Field label="Code that the app shows now">
              {(ids) => (
                <TextInput {...ids} required mono inputMode="numeric" value={code} onChange={setCode} />
              )}
            </Field>
          </>
        )}
        {failed && <ProblemNotice error={failed.error} what="The second factor was not changed" />}
        <Button type="submit" busy={enable.isPending || verify.isPending || disable.isPending}>
          {enrolment !== undefined ? 'Turn it on' : enabled ? 'Turn it off' : 'Begin'}
        </Button>
      </form>
    </Card>
  );
}
