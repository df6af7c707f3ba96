import { useEffect, useState } from 'react';
import type { DecisionFilter } from '../../api/queries/decisions.ts';
import type { Decision } from '../../api/types.ts';
import { useDecisionStream } from '../../api/use-decision-stream.ts';

const MOST = 2000;

/** The newest first, since the page was opened. Another filter begins anew. */
export function useLiveDecisions(query: DecisionFilter, enabled: boolean, onOpen: () => void) {
  const { server, grant, tool, outcome, rule, text } = query;
  const filter = { server, grant, tool, outcome, rule, text };
  const key = JSON.stringify(filter);
  const [live, setLive] = useState<readonly Decision[]>([]);
  useEffect(() => setLive([]), [key]);
  const { connected } = useDecisionStream(
    filter,
    (decision) => setLive((now) => [decision, ...now].slice(0, MOST)),
    { enabled, onOpen },
  );
  return { live, connected };
}
