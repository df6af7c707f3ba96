import type { Inline } from './types.ts';

/** The words of an inline, without marks. */
export function plainText(of: Inline): string {
  if (typeof of === 'string') return of;
  if (!('kind' in of)) return of.map(plainText).join('');
  return of.kind === 'link' ? plainText(of.text) : of.text;
}
