import { useEffect, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Place } from '../../api/problem.ts';
import { request } from '../../api/request.ts';

export interface Validation {
  readonly valid: boolean;
  readonly errors: readonly Place[];
  readonly warnings?: readonly Place[];
  readonly notes?: readonly Place[];
}

const PAUSE_MS = 250;

/** What the gateway says of the text, with the server's tools in mind; asked when typing pauses. */
export function useValidation(text: string, serverId: string) {
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery({
    queryKey: ['validation', serverId, asked],
    queryFn: ({ signal }) =>
      request<Validation>('POST', '/policies/validate', {
        body: { document: asked, server: serverId },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  return {
    validation: query.data,
    current: asked === text && !query.isPlaceholderData && query.isSuccess,
    query,
  };
}
