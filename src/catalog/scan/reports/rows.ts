/** What every format for people shows, in the same order. */
import {
  SCAN_SEVERITIES,
  type Finding,
  type ScanReport,
  type ScanSeverity,
  type ServerReport,
} from '../types.ts';

export interface ServerRows {
  readonly server: ServerReport;
  /** `npm:x, 14 tools, 2 prompts`. */
  readonly facts: string;
  readonly classes: string;
  readonly findings: readonly Finding[];
}

export function summaryOf({ grade, counts, servers }: ScanReport): string {
  const found = SCAN_SEVERITIES.toReversed()
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}`);
  const size = `${servers.length} ${servers.length === 1 ? 'server' : 'servers'}`;
  return `${grade === null ? 'No server was found' : `Grade ${grade}, ${size}`}; findings: ${found.join(', ') || 'none'}`;
}

export function rowsOf(server: ServerReport): ServerRows {
  const { origin, client, source, identity, toolCount, prompts, resources, status, trouble } = server;
  const counts = [
    [toolCount, 'tool'],
    [prompts, 'prompt'],
    [resources, 'resource'],
  ] as const;
  const seen =
    status === 'asked'
      ? counts
          .filter(([count], index) => index === 0 || count > 0)
          .map(([count, what]) => `${count} ${what}${count === 1 ? '' : 's'}`)
      : [status === 'failed' ? `did not answer: ${trouble ?? ''}` : 'not asked'];
  const where = source === undefined ? client : `${client}, ${placeText(source)}`;
  return {
    server,
    facts: [identity, origin, where, ...seen].filter((fact) => fact !== '').join(' · '),
    classes: classesOf(server),
    findings: server.findings,
  };
}

export function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}

function classesOf({ tools }: ServerReport): string {
  const counts = new Map<string, number>();
  for (const tool of tools) counts.set(tool.class, (counts.get(tool.class) ?? 0) + 1);
  return ['Financial', 'Destructive', 'Execute', 'Write', 'Read']
    .filter((one) => counts.has(one))
    .map((one) => `${counts.get(one)} ${one}`)
    .join(', ');
}

export const SEVERITY_WORDS: Readonly<Record<ScanSeverity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};
