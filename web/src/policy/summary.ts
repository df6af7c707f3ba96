/** A policy in plain sentences. */
import type { PolicyDocument } from '../../../src/policy/document.ts';
import { ruleSentences } from './condition-text.ts';
import { stateOf } from './states.ts';

export interface SummaryLine {
  readonly kind: 'allow' | 'conditional' | 'ask' | 'deny' | 'hide';
  readonly subject: string;
  readonly text: string;
}

const CLASS_NAMES: Readonly<Record<string, string>> = {
  '@read': 'tools that read',
  '@write': 'tools that write',
  '@execute': 'tools that execute',
  '@destructive': 'tools that destroy',
  '@financial': 'tools that move money',
};

export function subjectText(selector: string): string {
  return CLASS_NAMES[selector] ?? selector;
}

/** Never throws on a document that is only half valid: it is being typed. */
export function summarise(document: PolicyDocument): readonly SummaryLine[] {
  const lines: SummaryLine[] = [];
  for (const selector of Array.isArray(document.hide) ? document.hide : [])
    lines.push({ kind: 'hide', subject: subjectText(String(selector)), text: 'cannot be seen' });
  for (const [selector, rules] of Object.entries(document.tools ?? {})) {
    const state = stateOf(document, selector);
    const subject = subjectText(selector);
    if (state === 'allow') lines.push({ kind: 'allow', subject, text: 'may be called freely' });
    else if (state === 'deny') lines.push({ kind: 'deny', subject, text: 'may never be called' });
    else if (state === 'ask')
      lines.push({ kind: 'ask', subject, text: 'may be called after a person agrees' });
    else if (state === 'custom')
      lines.push({ kind: 'conditional', subject, text: `may be called ${ruleSentences(rules).join('; ')}` });
  }
  if (document.all_tools !== undefined)
    lines.push({
      kind: 'conditional',
      subject: 'Every call',
      text: ruleSentences(document.all_tools).join('; '),
    });
  const open = document.default === 'allow';
  lines.push({
    kind: open ? 'allow' : 'deny',
    subject: 'Everything else',
    text: open ? 'may be called freely' : 'is denied',
  });
  return lines;
}
