import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem.ts';
import { meQuery } from '../api/queries/session.ts';
import { Shown } from '../ui/shown.tsx';
import { SessionEnded } from './session-ended.tsx';
import { Shell } from './shell.tsx';
import { ToSignIn } from './to-sign-in.tsx';

/** The shell for people who are signed in; others are sent to the sign-in page, unless they were until now. */
export function SignedIn() {
  const me = useQuery(meQuery());
  const isOut = me.error instanceof ApiProblem && me.error.status === 401;
  if (isOut && me.data === undefined) return <ToSignIn />;
  return (
    <Shown query={me} what="The gateway could not say who you are">
      {() => <Shell above={isOut && <SessionEnded />} />}
    </Shown>
  );
}
