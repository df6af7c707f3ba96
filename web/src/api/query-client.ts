import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.ts';

/** Answers that trying again would not change. */
const FINAL = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status >= 400 && error.status < 500;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (count, error) => count < 2 && !FINAL(error),
      refetchOnWindowFocus: true,
    },
  },
});
