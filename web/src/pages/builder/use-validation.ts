import { useEffect, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AnswerOf } from '../../../../src/api/client.ts';
import { call } from '../../api/call.ts';

export type Validation = AnswerOf<'POST /policies/validate'>;

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
      call('POST /policies/validate', {
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
