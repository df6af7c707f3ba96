import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.ts';

/** Answers that trying again would not change. */
const FINAL = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status >= 400 && error.status < 500;

/** Whether somebody is signed in is asked again as soon as an answer says that they are not. */
const askWhoIsSignedIn = (error: unknown): void => {
  const { data, error: known, isInvalidated } = queryClient.getQueryState(['me']) ?? {};
  if (
    error instanceof ApiProblem &&
    error.status === 401 &&
    data !== undefined &&
    known === null &&
    isInvalidated === false
  )
    void queryClient.invalidateQueries({ queryKey: ['me'] });
};

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: askWhoIsSignedIn }),
  mutationCache: new MutationCache({ onError: askWhoIsSignedIn }),
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (count, error) => count < 2 && !FINAL(error),
      refetchOnWindowFocus: true,
    },
  },
});
