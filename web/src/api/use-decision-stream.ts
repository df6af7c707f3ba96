import { useEffect, useRef, useState } from 'react';
import { urlOf } from '../../../src/api/client.ts';
import type { DecisionFilter } from './queries/decisions.ts';
import type { Decision } from './types.ts';

const AGAIN_MS = 5000;

/** Decisions as they are made. A connection that is lost or refused is made again; `onOpen` is told of each, for what it missed. */
export function useDecisionStream(
  filter: Partial<DecisionFilter>,
  onDecision: (decision: Decision) => void,
  { enabled = true, onOpen }: { readonly enabled?: boolean; readonly onOpen?: () => void } = {},
): { readonly connected: boolean } {
  const [connected, setConnected] = useState(false);
  const latest = useRef({ onDecision, onOpen });
  useEffect(() => {
    latest.current = { onDecision, onOpen };
  });
  const address = urlOf('GET /decisions/stream', { query: filter });
  useEffect(() => {
    if (!enabled) return undefined;
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    const connect = (): void => {
      source = new EventSource(address);
      source.addEventListener('open', () => {
        setConnected(true);
        latest.current.onOpen?.();
      });
      source.addEventListener('error', () => {
        setConnected(false);
        // A browser tries again after a lost connection, not after a refusal.
        if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, AGAIN_MS);
      });
      source.addEventListener('decision', (event) =>
        latest.current.onDecision(JSON.parse(String(event.data)) as Decision),
      );
    };
    connect();
    return () => {
      clearTimeout(again);
      source.close();
      setConnected(false);
    };
  }, [address, enabled]);
  return { connected };
}
