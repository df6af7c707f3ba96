import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadAttacks } from '../../src/catalog/index.ts';
import { ROOT } from '../kit/index.ts';

const { ATTACKS } = await loadAttacks();

function table(): string {
  const rows = ATTACKS.map(({ slug, summary, classes, signals, references, incidents }) => [
    `\`${slug}\``,
    summary,
    [...classes, ...signals.map((one) => `\`${one}\``)].join(', ') || 'any tool',
    references.join(', '),
    incidents.map(({ date, source }) => `[${date}](${source})`).join(', '),
  ]);
  const lines = [['pattern', 'what happens', 'needs', 'in published lists', 'incidents'], ...rows];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const [head, ...body] = lines.map(
    (line) => `| ${line.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`,
  );
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n');
}

it('docs/attacks.md lists every pattern as the program has it', () => {
  const path = join(ROOT, 'docs', 'attacks.md');
  const page = readFileSync(path, 'utf8');
  const current = page.replace(
    /(<!-- patterns -->\n)[\s\S]*(<!-- \/patterns -->)/,
    (_, start: string, end: string) => `${start}\n${table()}\n\n${end}`,
  );
  if (process.env.UPDATE_DOCS === '1') writeFileSync(path, current);
  expect(readFileSync(path, 'utf8')).toBe(current);
});
