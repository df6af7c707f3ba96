import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { AccountFields } from '../sign-in/account-fields.tsx';
import { Door } from '../sign-in/door.tsx';
import { enter } from '../sign-in/enter.ts';

/** Where the owner link leads: the first account. */
export function WelcomePage() {
  const { token } = useSearch({ from: '/welcome' });
  const [account, setAccount] = useState({ name: '', email: '', password: '' });
  const setup = useMutation({
    mutationFn: () => call('POST /setup', { body: { token: token ?? '', ...account } }),
    onSuccess: () => enter('/start'),
  });
  return (
    <Door title="Make the owner's account">
      {token === undefined ? (
        <Notice tone="warn" title="This link is not whole">
          Open the link that the gateway printed when it started, or get a new one with{' '}
          <code className="font-mono text-[0.8125rem]">npx portcullis admin owner-link</code>.
        </Notice>
      ) : (
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            setup.mutate();
          }}
        >
          <AccountFields value={account} onChange={setAccount} />
          {setup.isError && <ProblemNotice error={setup.error} what="The account could not be made" />}
          <Button look="main" type="submit" busy={setup.isPending} className="w-full">
            Make the account
          </Button>
        </form>
      )}
    </Door>
  );
}
