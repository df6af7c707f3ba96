import { useQuery } from '@tanstack/react-query';
import { approvalsQuery } from '../api/queries/approvals.ts';

/** How many calls wait for a person. */
export function WaitingCount() {
  const { data } = useQuery(approvalsQuery('pending'));
  if (data === undefined || data === null || data.length === 0) return null;
  return (
    <span className="toned tone-grave ml-auto rounded-full border px-1.5 text-xs tabular-nums">
      {data.length}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
