import type { ScanText, Subject } from '../read-texts.ts';

export function placeOf({ subject, place }: Pick<ScanText, 'subject' | 'place'>): string {
  return `${subjectOf(subject)}: ${place === '' ? 'definition' : place}`;
}

function subjectOf({ kind, name }: Subject): string {
  return kind === 'server' ? 'server' : `${kind} ${name.slice(0, 80)}`;
}
