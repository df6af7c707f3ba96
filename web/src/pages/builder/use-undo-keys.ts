import { useEffect } from 'react';
import type { PolicyText } from './use-policy-text.ts';

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, outside of fields that have an undo of their own. */
export function useUndoKeys({ undo, redo }: PolicyText): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const target = event.composedPath()[0];
      if (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox') return;
      if (target instanceof HTMLTextAreaElement) return;
      const key = event.key.toLowerCase();
      if (key === 'z') (event.shiftKey ? redo : undo)();
      else if (key === 'y') redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo, redo]);
}
