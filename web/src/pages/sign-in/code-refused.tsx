import { ApiProblem } from '../../api/problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const WHAT = 'The code was not accepted';
const OVER = 'This sign-in was not begun in this browser, or more than ten minutes ago. Sign in again.';
const REASONS: Readonly<Record<string, string>> = {
  INVALID_CODE:
    'It is not the code that the app shows now. Wait for the next one, and look at the clock of the device.',
  INVALID_BACKUP_CODE: 'There is no such backup code, or it was used already.',
  INVALID_TWO_FACTOR_COOKIE: OVER,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'These were too many tries for one sign-in. Sign in again.',
  ACCOUNT_TEMPORARILY_LOCKED:
    'There were too many wrong codes. Wait a quarter of an hour, then sign in again.',
};

/** Why a code of the second factor was refused, and what to do. */
export function CodeRefused({ error }: { readonly error: unknown }) {
  const reason = error instanceof ApiProblem ? REASONS[error.code] : undefined;
  if (reason === undefined) return <ProblemNotice error={error} what={WHAT} />;
  return (
    <Notice tone="bad" title={WHAT}>
      {reason}
    </Notice>
  );
}
