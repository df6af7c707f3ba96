import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from './button.tsx';

/** The way to the next page of a list; nothing when there is none. */
export function More({ query }: { readonly query: UseInfiniteQueryResult }) {
  if (!query.hasNextPage) return null;
  return (
    <div className="border-t p-2 text-center">
      <Button small look="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Show older ones
      </Button>
    </div>
  );
}
