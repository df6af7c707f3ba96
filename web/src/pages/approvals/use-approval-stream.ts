import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { addressOf } from '../../api/request.ts';

/** Reads approvals anew as soon as one changes. */
export function useApprovalStream(enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return undefined;
    const source = new EventSource(addressOf('/approvals/stream'));
    source.addEventListener('approval', () => void client.invalidateQueries({ queryKey: ['approvals'] }));
    return () => source.close();
  }, [client, enabled]);
}
