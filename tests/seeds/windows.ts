/** Rounds of calls that must fall within one window of a limit, and waits for the next one. */
import { setTimeout as pause } from 'node:timers/promises';

const windowOf = (seconds: number): number => Math.floor(Date.now() / (seconds * 1000));

/**
 * Runs `round` until no boundary of an epoch-aligned window of so many seconds fell within it: with one, other totals are right.
 * A round must not depend on the one before. What a cut round threw or gave does not count.
 * @throws Error when four rounds were cut
 */
export async function withinOneWindow<T>(seconds: number, round: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const before = windowOf(seconds);
    const outcome = await round().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (windowOf(seconds) !== before) continue;
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }
  throw new Error(`no round of calls fitted into one window of ${seconds} s`);
}

/** Resolves just after the next boundary. The pause is the subject here: windows follow the clock on the wall. */
export async function nextWindow(seconds: number): Promise<void> {
  const current = windowOf(seconds);
  while (windowOf(seconds) === current) await pause(seconds * 1000 - (Date.now() % (seconds * 1000)) + 1);
}
