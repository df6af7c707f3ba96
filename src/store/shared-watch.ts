/** One watch of the database for several feeds: it runs while any of them wants to be woken. */
import type { Backend } from './backend.ts';

export function sharedWatch(watch: Backend['watch']): Backend['watch'] {
  const wakes = new Set<() => void>();
  let stop: (() => void) | undefined;
  return (wake) => {
    wakes.add(wake);
    stop ??= watch(() => wakes.forEach((one) => one()));
    return () => {
      wakes.delete(wake);
      if (wakes.size > 0) return;
      stop?.();
      stop = undefined;
    };
  };
}
