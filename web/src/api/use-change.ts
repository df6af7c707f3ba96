import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { announce } from '../ui/announcer.ts';

/** A change: runs it, says that it is done, and reads anew what it touched. */
export function useChange<Input, Answer>({
  run,
  touches,
  done,
  onDone,
}: {
  readonly run: (input: Input) => Promise<Answer>;
  /** Beginnings of the keys of queries that are no longer true. */
  readonly touches: readonly QueryKey[];
  readonly done?: string;
  readonly onDone?: (answer: Answer, input: Input) => void;
}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async (answer, input) => {
      await Promise.all(touches.map((queryKey) => client.invalidateQueries({ queryKey })));
      if (done !== undefined) announce(done);
      onDone?.(answer, input);
    },
  });
}
