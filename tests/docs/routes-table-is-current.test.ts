import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROUTES } from '../../src/api/routes/index.ts';
import { ROOT } from '../kit/index.ts';

const START = '<!-- routes: made by tests/docs -->\n';
const END = '<!-- end of routes -->';

/** With cells of equal width, as the formatter lays tables out. */
function table(): string {
  const rows = ROUTES.map(({ method, path, role, summary }) => [
    `\`${method} ${path}\``,
    role,
    summary.replaceAll('|', '\\|'),
  ]);
  const all = [['route', 'least role', 'what it does'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const [head, ...body] = all;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

it('docs/api.md lists every route as the program has it', () => {
  const path = join(ROOT, 'docs', 'api.md');
  const text = readFileSync(path, 'utf8');
  const wanted =
    text.slice(0, text.indexOf(START) + START.length) + `\n${table()}\n\n` + text.slice(text.indexOf(END));
  if (process.env.UPDATE_DOCS === '1') writeFileSync(path, wanted);
  expect(readFileSync(path, 'utf8')).toBe(wanted);
});
