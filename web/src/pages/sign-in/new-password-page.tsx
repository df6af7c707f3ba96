import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { request } from '../../api/request.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Door } from './door.tsx';
import { whyNot } from './why-not.ts';

/** Where the link of a mail leads whose owner forgot the password. */
export function NewPasswordPage() {
  const { token, error } = useSearch({ from: '/new-password' });
  const [newPassword, setNewPassword] = useState('');
  const save = useMutation({
    mutationFn: () => request('POST', '/api/auth/reset-password', { body: { newPassword, token } }),
  });
  if (save.isSuccess || token === undefined)
    return (
      <Door title="New password">
        <div className="space-y-4">
          {save.isSuccess ? (
            <Notice tone="good" title="The password is set">
              Every session with the old one has ended.
            </Notice>
          ) : (
            <Notice tone="bad" title="No password can be set with this link">
              {whyNot(error ?? 'invalid_token')}
            </Notice>
          )}
          <Link to="/sign-in" className={`${buttonClasses('main')} w-full`}>
            Sign in
          </Link>
        </div>
      </Door>
    );
  return (
    <Door title="New password">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <PasswordField isNew label="New password" value={newPassword} onChange={setNewPassword} />
        {save.isError && (
          <>
            <ProblemNotice error={save.error} what="The password was not set" />
            <p className="text-sm">
              <Link to="/sign-in" className="underline">
                Ask for another link
              </Link>
            </p>
          </>
        )}
        <Button look="main" type="submit" busy={save.isPending} className="w-full">
          Set it
        </Button>
      </form>
    </Door>
  );
}
