import { ApiProblem } from '../api/problem.ts';
import { harmless } from '../lib/harmless.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

const MOST_PLACES = 12;

/** What failed, where, and how to mend it. */
export function ProblemNotice({
  error,
  what,
  onRetry,
}: {
  readonly error: unknown;
  /** What was tried: "The server could not be added". */
  readonly what: string;
  readonly onRetry?: () => void;
}) {
  const problem = error instanceof ApiProblem ? error : undefined;
  const text = error instanceof Error ? error.message : String(error);
  return (
    <Notice
      tone="bad"
      title={what}
      action={
        onRetry && (
          <Button small onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      <p>{harmless(text)}</p>
      {problem !== undefined && problem.places.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {problem.places.slice(0, MOST_PLACES).map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>
              {pointer !== '' && <code className="font-mono text-[0.8125rem]">{harmless(pointer)}</code>}{' '}
              {harmless(message)}
            </li>
          ))}
        </ul>
      )}
      <p className="text-soft">{hint(problem)}</p>
    </Notice>
  );
}

function hint(problem: ApiProblem | undefined): string {
  if (problem === undefined) return 'Reload the page; if it fails again, the log of the gateway says more.';
  const { status, code } = problem;
  if (code === 'PC_API_UNAUTHORIZED') return 'Your session has ended: sign in again.';
  if (code === 'PC_API_FORBIDDEN') return 'Your role does not allow this: ask an admin of your organization.';
  if (status === 412) return 'Somebody else changed it meanwhile: reload to see their version.';
  if (status === 404) return 'It may have been removed, or belong to another organization.';
  if (status === 0) return 'Start it with "npm start", then try again.';
  return `Code ${code}.`;
}
