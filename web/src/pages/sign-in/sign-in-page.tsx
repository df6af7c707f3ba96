import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { signInOptionsQuery } from '../../api/queries/sign-in-options.ts';
import { request } from '../../api/request.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Door } from './door.tsx';
import { enter } from './enter.ts';
import { OtherWays } from './other-ways.tsx';
import { SecondFactor } from './second-factor.tsx';
import { whyNot } from './why-not.ts';

export function SignInPage() {
  const { to = '/', error } = useSearch({ from: '/sign-in' });
  const { data: options } = useQuery(signInOptionsQuery());
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () =>
      request<{ readonly twoFactorRedirect?: boolean }>('POST', '/api/auth/sign-in/email', {
        body: { email, password },
      }),
    onSuccess: (answer) => {
      if (answer.twoFactorRedirect !== true) enter(to);
    },
  });
  if (signIn.data?.twoFactorRedirect === true) return <SecondFactor onDone={() => enter(to)} />;
  return (
    <Door title="Sign in">
      {options?.setup === true && (
        <div className="mb-4">
          <Notice title="No account exists yet">
            Open the owner link that the gateway printed when it started. Lost it? Run{' '}
            <code className="font-mono text-[0.8125rem]">npx portcullis admin owner-link</code>.
          </Notice>
        </div>
      )}
      {error !== undefined && (
        <div className="mb-4">
          <Notice tone="bad" title="You could not be signed in">
            {whyNot(error)}
          </Notice>
        </div>
      )}
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Field label="E-mail">
          {(ids) => (
            <TextInput
              {...ids}
              type="email"
              required
              autoFocus
              autoComplete="username"
              value={email}
              onChange={setEmail}
            />
          )}
        </Field>
        <PasswordField label="Password" value={password} onChange={setPassword} />
        {signIn.isError && <ProblemNotice error={signIn.error} what="You could not be signed in" />}
        <Button look="main" type="submit" busy={signIn.isPending} className="w-full">
          Sign in
        </Button>
      </form>
      <OtherWays email={email} to={to} options={options} />
    </Door>
  );
}
