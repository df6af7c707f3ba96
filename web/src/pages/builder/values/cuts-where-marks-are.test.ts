import { expect, it } from 'vitest';
import { markedParts } from './marked-parts.ts';

const show = (text: string, spans: readonly (readonly [number, number])[]): string =>
  markedParts(
    text,
    spans.map(([from, to]) => ({ from, to })),
  )
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');

it.each([
  ['no marks', [], 'import os'],
  ['one', [[7, 9]], 'import [os]'],
  [
    'overlapping',
    [
      [0, 6],
      [3, 9],
    ],
    '[import][ os]',
  ],
  [
    'within another',
    [
      [0, 9],
      [2, 4],
    ],
    '[import os]',
  ],
  [
    'out of order',
    [
      [7, 9],
      [0, 2],
    ],
    '[im]port [os]',
  ],
  ['empty, at the end', [[9, 9]], 'import o[s]'],
  ['beyond the end', [[7, 90]], 'import [os]'],
] as const)('%s', (_, spans, shown) => expect(show('import os', spans)).toBe(shown));
