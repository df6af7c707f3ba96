import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { meQuery } from '../../api/queries/session.ts';
import { request } from '../../api/request.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { AccountFields } from '../sign-in/account-fields.tsx';
import { Door } from '../sign-in/door.tsx';
import { enter } from '../sign-in/enter.ts';

interface Invitation {
  readonly email: string;
  readonly organization: string;
  readonly role: string;
  readonly expiresAt: string;
  readonly hasAccount: boolean;
}

export function JoinPage() {
  const { invitation: id } = useParams({ from: '/join/$invitation' });
  const path = `/join/${encodeURIComponent(id)}`;
  const invitation = useQuery({
    queryKey: ['join', id],
    queryFn: ({ signal }) => request<Invitation>('GET', path, { signal }),
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
              <Accept path={path} email={found.email} />
            ) : (
              <MakeAccount path={path} email={found.email} />
            )}
          </div>
        )}
      </Shown>
    </Door>
  );
}

function Accept({ path, email }: { readonly path: string; readonly email: string }) {
  const me = useQuery({ ...meQuery(), retry: false });
  const accept = useMutation({
    mutationFn: () => request('POST', `${path}/accept`),
    onSuccess: () => enter('/'),
  });
  if (me.data?.person?.email !== email)
    return (
      <Link to="/sign-in" search={{ to: path }} className={buttonClasses('main')}>
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

function MakeAccount({ path, email }: { readonly path: string; readonly email: string }) {
  const [account, setAccount] = useState({ name: '', email, password: '' });
  const join = useMutation({
    mutationFn: () => request('POST', path, { body: { name: account.name, password: account.password } }),
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
