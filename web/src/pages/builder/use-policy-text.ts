import { useCallback, useMemo, useState } from 'react';
import { readDocument } from '../../policy/text-edits.ts';

interface History {
  readonly past: readonly string[];
  readonly text: string;
  readonly future: readonly string[];
  /** What the last step changed and when: more of the same at once is one step. */
  readonly step: string;
  readonly at: number;
}

const JOIN_MS = 900;
const MOST_STEPS = 300;

/** The policy's text, which is the one truth: the builder and the JSON view both show it and change it. */
export function usePolicyText(initial: string) {
  const [history, setHistory] = useState<History>({ past: [], text: initial, future: [], step: '', at: 0 });
  const apply = useCallback(
    (text: string, step = ''): void => setHistory((now) => stepTo(now, text, step)),
    [],
  );
  // What a view last drew may be older than the text: what was typed or pasted since must not be lost.
  const edit = useCallback(
    (change: (text: string) => string, step = ''): void =>
      setHistory((now) => (readDocument(now.text) === undefined ? now : stepTo(now, change(now.text), step))),
    [],
  );
  const undo = useCallback(() => setHistory(stepBack), []);
  const redo = useCallback(() => setHistory(stepForth), []);
  const reset = useCallback(
    (text: string) => setHistory({ past: [], text, future: [], step: '', at: 0 }),
    [],
  );
  const document = useMemo(() => readDocument(history.text), [history.text]);
  return {
    text: history.text,
    document,
    /** Puts another text in the place of this one. */
    apply,
    /** Changes the text as it is by then; not while it cannot be read. */
    edit,
    undo,
    redo,
    reset,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  };
}

export type PolicyText = ReturnType<typeof usePolicyText>;

function stepTo(now: History, text: string, step: string): History {
  if (text === now.text) return now;
  const at = Date.now();
  const joins = step !== '' && step === now.step && at - now.at < JOIN_MS;
  const past = joins ? now.past : [...now.past, now.text].slice(-MOST_STEPS);
  return { past, text, future: [], step, at };
}

function stepBack(now: History): History {
  const text = now.past.at(-1);
  if (text === undefined) return now;
  return { past: now.past.slice(0, -1), text, future: [now.text, ...now.future], step: '', at: 0 };
}

function stepForth(now: History): History {
  const [text, ...future] = now.future;
  if (text === undefined) return now;
  return { past: [...now.past, now.text], text, future, step: '', at: 0 };
}
