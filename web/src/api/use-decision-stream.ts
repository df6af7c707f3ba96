import { useEffect, useRef, useState } from 'react';
import { urlOf } from '../../../src/api/client.ts';
import type { DecisionFilter } from './queries/decisions.ts';
import type { Decision } from './types.ts';

/** Decisions as they are made. The browser connects again by itself when the connection is lost. */
export function useDecisionStream(
  filter: Partial<DecisionFilter>,
  onDecision: (decision: Decision) => void,
  enabled = true,
): { readonly connected: boolean } {
  const [connected, setConnected] = useState(false);
  const latest = useRef(onDecision);
  useEffect(() => {
    latest.current = onDecision;
  });
  const address = urlOf('GET /decisions/stream', { query: filter });
  useEffect(() => {
    if (!enabled) return undefined;
    const source = new EventSource(address);
    source.addEventListener('open', () => setConnected(true));
    source.addEventListener('error', () => setConnected(false));
    source.addEventListener('decision', (event) =>
      latest.current(JSON.parse(String(event.data)) as Decision),
    );
    return () => {
      source.close();
      setConnected(false);
    };
  }, [address, enabled]);
  return { connected };
}
