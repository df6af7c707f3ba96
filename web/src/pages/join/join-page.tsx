import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { meQuery } from '../../api/queries/session.ts';
import { call } from '../../api/call.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { AccountFields } from '../sign-in/account-fields.tsx';
import { Door } from '../sign-in/door.tsx';
import { enter } from '../sign-in/enter.ts';

export function JoinPage() {
  const { invitation: id } = useParams({ from: '/join/$invitation' });
  const invitation = useQuery({
    queryKey: ['join', id],
    queryFn: ({ signal }) => call('GET /join/{invitation}', { path: { invitation: id }, signal }),
    retry: false,
  });
  return (
    <Door title="You are invited">
      <Shown query={invitation} what="The invitation is not open any more. Ask for a new one">
        {(found) => (
          <div className="space-y-4">
            <p>
              To <strong>{found.organization}</strong> as {found.role.replace('_', ' ')}. The invitation ends{' '}
              <TimeAgo time={found.expiresAt} />.
            </p>
            {found.hasAccount ? (
              <Accept invitation={id} email={found.email} />
            ) : (
              <MakeAccount invitation={id} email={found.email} />
            )}
          </div>
        )}
      </Shown>
    </Door>
  );
}

function Accept({ invitation, email }: { readonly invitation: string; readonly email: string }) {
  const me = useQuery({ ...meQuery(), retry: false });
  const accept = useMutation({
    mutationFn: () => call('POST /join/{invitation}/accept', { path: { invitation } }),
    onSuccess: () => enter('/'),
  });
  if (me.data?.person?.email !== email)
    return (
      <Link
        to="/sign-in"
        search={{ to: `/join/${encodeURIComponent(invitation)}` }}
        className={buttonClasses('main')}
      >
        Sign in as {email}
      </Link>
    );
  return (
    <>
      {accept.isError && <ProblemNotice error={accept.error} what="You could not join" />}
      <Button look="main" busy={accept.isPending} onClick={() => accept.mutate()}>
        Join
      </Button>
    </>
  );
}

function MakeAccount({ invitation, email }: { readonly invitation: string; readonly email: string }) {
  const [account, setAccount] = useState({ name: '', email, password: '' });
  const join = useMutation({
    mutationFn: () =>
      call('POST /join/{invitation}', {
        path: { invitation },
        body: { name: account.name, password: account.password },
      }),
    onSuccess: () => enter('/'),
  });
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        join.mutate();
      }}
    >
      <AccountFields value={account} onChange={setAccount} fixedEmail={email} />
      {join.isError && <ProblemNotice error={join.error} what="The account could not be made" />}
      <Button look="main" type="submit" busy={join.isPending} className="w-full">
        Make the account and join
      </Button>
    </form>
  );
}
