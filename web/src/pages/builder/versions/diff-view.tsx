import { useEffect, useRef } from 'react';
import { json } from '@codemirror/lang-json';
import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { editorLook } from '../json/editor-look.ts';

const parts = (label: string) => [
  json(),
  lineNumbers(),
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label }),
  editorLook,
];

/** Two texts side by side, in a shadow root for the sake of the page's security policy. */
export function DiffView({ before, after }: { readonly before: string; readonly after: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const view = new MergeView({
      root,
      parent: root,
      a: { doc: before, extensions: parts('Before') },
      b: { doc: after, extensions: parts('After') },
      collapseUnchanged: { margin: 3, minSize: 6 },
    });
    return () => view.destroy();
  }, [before, after]);
  return (
    <div className="space-y-2">
      <div className="grid grid-cols-2 gap-2 text-[0.8125rem] font-medium text-soft">
        <span>Then</span>
        <span>Now</span>
      </div>
      <div ref={host} className="overflow-auto rounded-md border" />
      {before === after && <p className="text-[0.8125rem] text-soft">They are the same.</p>}
    </div>
  );
}
