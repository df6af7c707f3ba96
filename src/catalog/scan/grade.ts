/** One letter for a server, with the reasons that made it. The worst reason decides. */
import { SCAN_SEVERITIES, type Finding, type Grade, type ScannedTool, type ScanSeverity } from './types.ts';

export interface Graded {
  readonly grade: Grade;
  readonly reasons: readonly string[];
}

const MOST_REASONS = 6;

/**
 * F: anything critical, or three that are high. D: anything high. C: anything medium. B: anything low, or tools that run
 * code, destroy or spend, for which a policy is due. A: nothing.
 * @param known whether the tools were seen; without them nothing is better than C
 */
export function gradeServer(
  findings: readonly Finding[],
  tools: readonly ScannedTool[],
  known: boolean,
): Graded {
  const counts = countSeverities(findings);
  const grave = tools.filter(({ severity }) => severity === 'Critical' || severity === 'High');
  const grade: Grade =
    counts.critical > 0 || counts.high > 2
      ? 'F'
      : counts.high > 0
        ? 'D'
        : counts.medium > 0 || !known
          ? 'C'
          : counts.low > 0 || grave.length > 0
            ? 'B'
            : 'A';
  return { grade, reasons: reasonsOf(findings, grave, known) };
}

export function countSeverities(findings: readonly Finding[]): Record<ScanSeverity, number> {
  const counts = { low: 0, medium: 0, high: 0, critical: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function reasonsOf(findings: readonly Finding[], grave: readonly ScannedTool[], known: boolean): string[] {
  const byTitle = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity}: ${finding.title}`;
    byTitle.set(key, [...(byTitle.get(key) ?? []), finding]);
  }
  const reasons = [...byTitle]
    .toSorted(([, [one]], [, [other]]) => rank(other!.severity) - rank(one!.severity))
    .map(([title, { length }]) => (length === 1 ? title : `${title} (${length} times)`));
  if (grave.length > 0) {
    const classes = [...new Set(grave.map((tool) => tool.class))].toSorted().join(', ');
    reasons.push(
      `${grave.length === 1 ? '1 tool is' : `${grave.length} tools are`} ${classes}: put a policy in front`,
    );
  }
  if (!known) reasons.unshift('its tools were not seen');
  if (reasons.length === 0) reasons.push('nothing was found');
  return reasons.slice(0, MOST_REASONS);
}

function rank(severity: ScanSeverity): number {
  return SCAN_SEVERITIES.indexOf(severity);
}
