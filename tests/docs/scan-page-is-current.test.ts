import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RULES } from '../../src/catalog/index.ts';
import { ROOT } from '../kit/index.ts';

function table(): string {
  const rows = Object.entries(RULES).map(([id, { title, severity, remedy }]) => [
    `\`${id}\``,
    severity,
    title,
    remedy,
  ]);
  const lines = [['rule', 'severity', 'what', 'what to do'], ...rows];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const [head, ...body] = lines.map(
    (line) => `| ${line.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`,
  );
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n');
}

it('docs/scan.md lists every rule as the program has it', () => {
  const path = join(ROOT, 'docs', 'scan.md');
  const page = readFileSync(path, 'utf8');
  const current = page.replace(
    /(<!-- rules -->\n)[\s\S]*(<!-- \/rules -->)/,
    (_, start: string, end: string) => `${start}\n${table()}\n\n${end}`,
  );
  if (process.env.UPDATE_DOCS === '1') writeFileSync(path, current);
  expect(readFileSync(path, 'utf8')).toBe(current);
});
