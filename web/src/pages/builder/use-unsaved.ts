import { useBlocker } from '@tanstack/react-router';

/** Asks before the page is left with changes that are not saved. */
export function useUnsaved(changed: boolean, question: string): void {
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      changed && current.pathname !== next.pathname && !window.confirm(question),
    enableBeforeUnload: () => changed,
    disabled: !changed,
  });
}
