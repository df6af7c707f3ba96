import { shown } from '../shown.ts';
import type { Finding, ScanReport } from '../types.ts';
import { placeText, rowsOf, SEVERITY_WORDS, summaryOf } from './rows.ts';

/** For a terminal: plain text, no colours, nothing that steers it. */
export function reportTable(report: ScanReport): string {
  const lines: string[] = [];
  for (const finding of report.findings) lines.push(...findingLines(finding));
  for (const server of report.servers) {
    const { facts, classes, findings } = rowsOf(server);
    lines.push('', `${server.grade}  ${server.name}`, `   ${facts}`);
    if (classes !== '') lines.push(`   ${classes}`);
    lines.push(`   ${server.reasons.join('; ')}`);
    for (const finding of findings) lines.push(...findingLines(finding).map((line) => `   ${line}`));
  }
  lines.push('', summaryOf(report));
  return lines
    .map((line) => (line === '' ? line : line.match(/^ */)![0] + shown(line, 600)))
    .join('\n')
    .trimStart();
}

function findingLines({ id, severity, title, evidence, place, remedy, source }: Finding): string[] {
  const where = source === undefined ? place : `${place} (${placeText(source)})`;
  return [`${SEVERITY_WORDS[severity]}: ${title} [${id}]`, `  ${where}: ${evidence}`, `  → ${remedy}`];
}
