import { useEffect, useRef } from 'react';
import type { CompletionSource } from '@codemirror/autocomplete';
import { setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Place } from '../../../api/problem.ts';
import { changeBetween } from './change-between.ts';
import { diagnosticsOf } from './diagnostics-of.ts';
import { editorParts } from './editor-parts.ts';

const fromOutside = Annotation.define<boolean>();

/**
 * CodeMirror in a shadow root: there its styles are constructed style sheets, which the page's security policy allows.
 * Undo is the caller's, so that it is one for every view of the text.
 */
export function CodeEditor({
  label,
  text,
  onChange,
  readOnly = false,
  complete,
  places = [],
  errorCount = 0,
}: {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly readOnly?: boolean;
  readonly complete: CompletionSource;
  readonly places?: readonly Place[];
  /** How many of the places are errors; the others are warnings. */
  readonly errorCount?: number;
}) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  const completion = useRef(complete);
  const writable = useRef(new Compartment());
  useEffect(() => {
    changed.current = onChange;
    completion.current = complete;
  });

  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          editorParts(label, (context) => completion.current(context)),
          writable.current.of([]),
          EditorView.updateListener.of((update) => {
            const ours = update.transactions.some((one) => one.annotation(fromOutside) === true);
            if (update.docChanged && !ours) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
    // The text that it begins with; later ones come as changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [label]);

  useEffect(() => {
    view.current?.dispatch({
      effects: writable.current.reconfigure([
        EditorState.readOnly.of(readOnly),
        EditorView.editable.of(!readOnly),
      ]),
    });
  }, [readOnly]);

  useEffect(() => {
    const change =
      view.current === undefined ? undefined : changeBetween(view.current.state.doc.toString(), text);
    if (change !== undefined) view.current?.dispatch({ changes: change, annotations: fromOutside.of(true) });
  }, [text]);

  useEffect(() => {
    if (view.current === undefined) return;
    view.current.dispatch(setDiagnostics(view.current.state, diagnosticsOf(text, places, errorCount)));
  }, [places, errorCount, text]);

  return <div ref={host} className="min-h-96 overflow-hidden rounded-md border" />;
}
