import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { urlOf } from '../../../../src/api/client.ts';

/** Reads approvals anew as soon as one changes. */
export function useApprovalStream(enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return undefined;
    const source = new EventSource(urlOf('GET /approvals/stream'));
    source.addEventListener('approval', () => void client.invalidateQueries({ queryKey: ['approvals'] }));
    return () => source.close();
  }, [client, enabled]);
}
