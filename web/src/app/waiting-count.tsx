import { useInfiniteQuery } from '@tanstack/react-query';
import { approvalsQuery } from '../api/queries/approvals.ts';

/** How many calls wait for a person. */
export function WaitingCount() {
  const { data, hasNextPage } = useInfiniteQuery(approvalsQuery('pending'));
  const count = data?.pages.flatMap(({ items }) => items).length ?? 0;
  if (count === 0) return null;
  return (
    <span className="toned tone-grave ml-auto rounded-full border px-1.5 text-xs tabular-nums">
      {count}
      {hasNextPage && '+'}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
