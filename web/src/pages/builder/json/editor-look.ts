import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The page's own colours: custom properties reach into a shadow root. */
export const editorLook = [
  EditorView.theme({
    '&': { fontSize: '13px', color: 'var(--ink)', backgroundColor: 'var(--sunken)', maxHeight: '34rem' },
    '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
    '.cm-scroller': {
      fontFamily: 'ui-monospace, Menlo, Consolas, monospace',
      lineHeight: '1.55',
      overflow: 'auto',
      minHeight: '24rem',
    },
    '.cm-content': { caretColor: 'var(--ink)' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '.cm-gutters': {
      backgroundColor: 'var(--sunken)',
      color: 'var(--soft)',
      borderRight: '1px solid var(--line)',
    },
    '.cm-activeLine, .cm-activeLineGutter': {
      backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)',
    },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
      backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent) !important',
    },
    '.cm-tooltip': {
      backgroundColor: 'var(--panel)',
      border: '1px solid var(--edge)',
      borderRadius: '6px',
      fontFamily: 'system-ui, sans-serif',
    },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--accent)',
      color: 'var(--on-accent)',
    },
    '.cm-completionDetail': { color: 'inherit', opacity: '0.8', fontStyle: 'normal' },
    '.cm-merge-a .cm-changedLine, .cm-deletedChunk': {
      backgroundColor: 'color-mix(in srgb, var(--bad) 14%, transparent)',
    },
    '.cm-merge-b .cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--good) 14%, transparent)' },
    '.cm-merge-a .cm-changedText': { background: 'color-mix(in srgb, var(--bad) 30%, transparent)' },
    '.cm-merge-b .cm-changedText': { background: 'color-mix(in srgb, var(--good) 30%, transparent)' },
    '.cm-collapsedLines': { background: 'var(--hover)', color: 'var(--soft)' },
    // Few fonts have the marks that the library puts there.
    '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '"…"' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: 'var(--accent)' },
      { tag: tags.string, color: 'var(--good)' },
      { tag: tags.number, color: 'var(--info)' },
      { tag: [tags.bool, tags.null], color: 'var(--grave)' },
      { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
    ]),
  ),
];
