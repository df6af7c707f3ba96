import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { Loading } from './loading.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A query's answer, or what stands in its place: progress, or what failed. */
export function Shown<Data>({
  query,
  what,
  loading,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  /** For the error: "The servers could not be read". */
  readonly what: string;
  readonly loading?: string;
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  const isGone = query.error instanceof ApiProblem && query.error.status === 404;
  if (query.isError)
    return (
      <div className="p-4">
        <ProblemNotice
          error={query.error}
          what={what}
          {...(isGone ? {} : { onRetry: () => void query.refetch() })}
        />
      </div>
    );
  return <Loading {...(loading === undefined ? {} : { what: loading })} />;
}
