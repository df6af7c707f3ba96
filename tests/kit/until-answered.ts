/** Waits for what says in no other way that it is ready than by answering. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningProcess } from './process.ts';
import { rawRequest, type RawAnswer } from './raw-http.ts';

/** @throws Error with the process's output when it ends, or does not give such an answer in time */
export async function untilAnswered(
  url: string,
  { exited, output }: RunningProcess,
  options: {
    readonly method?: string;
    readonly withinMs?: number;
    readonly isWanted?: (answer: RawAnswer) => boolean;
  } = {},
): Promise<void> {
  const { method = 'OPTIONS', withinMs = 30_000, isWanted = () => true } = options;
  const until = Date.now() + withinMs;
  let dead = false;
  void exited.then(() => (dead = true));
  for (;;) {
    const answer = await rawRequest(url, { method }).catch(() => undefined);
    if (answer !== undefined && isWanted(answer)) return;
    if (dead || Date.now() > until)
      throw new Error(
        `${url} is not ready: it says ${answer?.status ?? 'nothing'} ${answer?.text ?? ''}\n${output()}`,
      );
    await pause(50);
  }
}
