/** SARIF 2.1.0 (OASIS), as code scanning reads it: every rule with its metadata, every result with a place in a file. */
import { createHash } from 'node:crypto';
import { RULES, type Rule, type RuleId } from '../rules.ts';
import type { Finding, ScanReport, ScanSeverity } from '../types.ts';

const LEVELS: Readonly<Record<ScanSeverity, 'note' | 'warning' | 'error'>> = {
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
};
/** What code scanning sorts by: https://docs.github.com/code-security sets high from 7.0 and critical from 9.0. */
const SCORES: Readonly<Record<ScanSeverity, string>> = {
  low: '3.0',
  medium: '5.5',
  high: '8.0',
  critical: '9.5',
};

/** @param root files below it are named relative to it */
export function reportSarif(report: ScanReport, version: string, root: string): string {
  const found = [
    ...report.findings.map((finding) => ({ server: '', finding })),
    ...report.servers.flatMap(({ name, findings }) => findings.map((finding) => ({ server: name, finding }))),
  ];
  const ids = Object.keys(RULES) as RuleId[];
  const driver = {
    name: 'portcullis',
    semanticVersion: version,
    rules: ids.map(ruleEntry),
  };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { ROOT: { description: { text: 'The folder that was scanned.' } } },
    results: found.map(({ server, finding }) =>
      resultEntry(server, finding, ids.indexOf(finding.id), root, report),
    ),
  };
  return JSON.stringify(
    {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [run],
    },
    null,
    2,
  );
}

function ruleEntry(id: RuleId): object {
  const { title, severity, remedy }: Rule = RULES[id];
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    help: { text: remedy },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'security-severity': SCORES[severity], tags: ['security', 'mcp'] },
  };
}

function resultEntry(
  server: string,
  finding: Finding,
  ruleIndex: number,
  root: string,
  report: ScanReport,
): object {
  const { id, severity, title, evidence, place, remedy, source } = finding;
  const where = server === '' ? place : `${server}, ${place}`;
  const fingerprint = createHash('sha256').update([id, server, place, evidence].join('\n')).digest('hex');
  const uri = source?.file ?? report.files[0];
  return {
    ruleId: id,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${title}. ${where}: ${evidence}. ${remedy}` },
    locations: [
      {
        ...(uri !== undefined && {
          physicalLocation: {
            artifactLocation: artifact(uri, root),
            region: { startLine: source?.line ?? 1, startColumn: source?.column ?? 1 },
          },
        }),
        logicalLocations: [{ fullyQualifiedName: where, kind: 'member' }],
      },
    ],
    partialFingerprints: { 'portcullisFinding/v1': fingerprint },
    properties: { severity, 'security-severity': SCORES[severity] },
  };
}

function artifact(file: string, root: string): object {
  const path = file.replaceAll('\\', '/');
  const base = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  if (path.startsWith(base)) return { uri: encodeURI(path.slice(base.length)), uriBaseId: 'ROOT' };
  if (!/^(?:\/|[A-Za-z]:)/.test(path)) return { uri: encodeURI(path), uriBaseId: 'ROOT' };
  return { uri: `file://${path.startsWith('/') ? '' : '/'}${encodeURI(path)}` };
}
