import { useEffect, useState } from 'react';
import type { Query } from '../../api/request.ts';
import type { Decision } from '../../api/types.ts';
import { useDecisionStream } from '../../api/use-decision-stream.ts';

const MOST = 2000;

/** The newest first, since the page was opened. Another filter begins anew. */
export function useLiveDecisions(query: Query, enabled: boolean) {
  const { server, grant, tool, outcome } = query;
  const filter = { server, grant, tool, outcome };
  const key = JSON.stringify(filter);
  const [live, setLive] = useState<readonly Decision[]>([]);
  useEffect(() => setLive([]), [key]);
  const { connected } = useDecisionStream(
    filter,
    (decision) => setLive((now) => [decision, ...now].slice(0, MOST)),
    enabled,
  );
  return { live, connected };
}
