/**
 * Judges servers: their configuration, their definitions, each against the others and against a lock file. Pure: whoever
 * calls has read the files and asked the servers. The same input gives the same report.
 */
import { assessTools } from '../recommend/assess-tools.ts';
import { recommendServer, type AssessedTool } from '../recommend/recommend.ts';
import { checkDefinitions } from './check-definitions.ts';
import { checkAddress } from './checks/check-address.ts';
import { checkCommand } from './checks/check-command.ts';
import { checkDrift } from './checks/check-drift.ts';
import { checkNames, type NamedTool } from './checks/check-names.ts';
import { checkSecrets } from './checks/check-secrets.ts';
import { countSeverities, gradeServer } from './grade.ts';
import { identityOf, lockServer, type LockFile } from './lock.ts';
import { makeFinding } from './make-finding.ts';
import { originOf, sameness, serverKeys } from './server-key.ts';
import { shown } from './shown.ts';
import {
  GRADES,
  SCAN_SEVERITIES,
  type Finding,
  type ScannedServer,
  type ScannedTool,
  type ScanReport,
  type ServerReport,
} from './types.ts';

export interface ScanOptions {
  /** RFC 3339. */
  readonly at: string;
  readonly files: readonly string[];
  /** What was found before there were servers. */
  readonly findings: readonly Finding[];
  readonly lock?: LockFile | undefined;
  /** Whether all servers of the lock file should have been found. */
  readonly complete: boolean;
}

/** Tools in a report; a server with more is reported with its worst. */
const MOST_TOOLS = 10_000;
/** Findings of one rule for one server; the rest is counted. */
const MOST_OF_RULE = 20;

export function scanServers(servers: readonly ScannedServer[], options: ScanOptions): ScanReport {
  const keys = serverKeys(servers.map(({ stated }) => stated));
  const named = servers.map((server) => ({ server, key: keys.get(server.stated)! }));
  const tools: NamedTool[] = named.flatMap(({ server, key }) =>
    (server.catalogue?.tools ?? []).flatMap(({ name }) =>
      typeof name === 'string' ? [{ server: key, origin: sameness(server.stated.target), name }] : [],
    ),
  );
  const byName = checkNames(tools);
  const reports = named.map(({ server, key }) =>
    reportServer(
      server,
      key,
      foreignTools(tools, sameness(server.stated.target)),
      byName.get(key) ?? [],
      options.lock,
    ),
  );
  const findings = [...options.findings, ...goneServers(options, new Set(keys.values()))];
  const all = [...findings, ...reports.flatMap((report) => report.findings)];
  const worst = reports
    .map(({ grade }) => grade)
    .toSorted((one, other) => GRADES.indexOf(other) - GRADES.indexOf(one))[0];
  return {
    version: 1,
    at: options.at,
    grade: worst ?? null,
    reasons: reports
      .filter(({ grade }) => grade === worst)
      .slice(0, 6)
      .map(({ name, grade, reasons }) => `${name} is ${grade}: ${reasons[0] ?? ''}`),
    counts: countSeverities(all),
    files: options.files,
    findings,
    servers: reports,
  };
}

function reportServer(
  { stated, catalogue, trouble }: ScannedServer,
  key: string,
  foreign: ReadonlyMap<string, string>,
  nameFindings: readonly Finding[],
  lock: LockFile | undefined,
): ServerReport {
  const findings = [
    ...checkCommand(stated),
    ...checkAddress(stated),
    ...checkSecrets(stated),
    ...(trouble === undefined
      ? []
      : [makeFinding('not-scanned', 'server', trouble, { source: stated.source })]),
    ...(catalogue === undefined ? [] : checkDefinitions(catalogue, foreign)),
    ...nameFindings,
    ...(catalogue === undefined || lock === undefined ? [] : driftOf(stated, key, catalogue, lock)),
  ];
  const kept = bounded(findings).map((finding) =>
    finding.source === undefined && stated.source !== undefined
      ? { ...finding, source: stated.source }
      : finding,
  );
  const assessed = assessTools(catalogue?.tools ?? [], key);
  const all = assessed.map(scannedTool);
  const { grade, reasons } = gradeServer(kept, all, catalogue !== undefined);
  const { name, version } = identityOf(catalogue?.serverInfo ?? null);
  return {
    name: shown(key, 80),
    client: stated.client,
    source: stated.source,
    transport: stated.target.transport,
    origin: shown(originOf(stated.target)),
    status: catalogue !== undefined ? 'asked' : trouble !== undefined ? 'failed' : 'not asked',
    ...(trouble !== undefined && { trouble: shown(trouble) }),
    identity: shown([name, version].join(' ').trim(), 80),
    grade,
    reasons,
    tools: all.slice(0, MOST_TOOLS),
    toolCount: all.length,
    prompts: catalogue?.prompts?.length ?? 0,
    resources: (catalogue?.resources?.length ?? 0) + (catalogue?.resourceTemplates?.length ?? 0),
    findings: kept,
    policy: catalogue === undefined ? null : recommendServer(assessed),
  };
}

function scannedTool({ definition: { name }, assessment }: AssessedTool): ScannedTool {
  const { severity, confidence, signals, evidence } = assessment;
  return {
    name: shown(typeof name === 'string' ? name : '', 80),
    class: assessment.class,
    severity,
    confidence,
    signals,
    evidence: evidence
      .slice(0, 3)
      .map((one) => ({ ...one, place: shown(one.place, 80), words: shown(one.words, 80) })),
  };
}

function driftOf(
  stated: ScannedServer['stated'],
  key: string,
  catalogue: NonNullable<ScannedServer['catalogue']>,
  lock: LockFile,
): Finding[] {
  const before = Object.hasOwn(lock.servers, key) ? lock.servers[key] : undefined;
  if (before === undefined)
    return [
      makeFinding('drift-added', 'lock file: server', `${key} is not in the lock file`, {
        source: stated.source,
      }),
    ];
  return checkDrift(before, lockServer(stated, catalogue), stated.source);
}

function goneServers({ lock, complete }: ScanOptions, present: ReadonlySet<string>): Finding[] {
  if (lock === undefined || !complete) return [];
  return Object.keys(lock.servers)
    .filter((name) => !present.has(name))
    .map((name) =>
      makeFinding('drift-removed', `lock file: server ${name}`, `${name} is in no configuration`),
    );
}

/** Tools of other servers; what the server has itself, in another configuration too, is not foreign. */
function foreignTools(tools: readonly NamedTool[], origin: string): ReadonlyMap<string, string> {
  const own = new Set(tools.filter((tool) => tool.origin === origin).map(({ name }) => name));
  return new Map(
    tools
      .filter((tool) => tool.origin !== origin && !own.has(tool.name))
      .map(({ server, name }) => [name, server]),
  );
}

/** Worst first, equal ones in order; at most a few of one rule and severity, so that no server floods a report. */
function bounded(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity }: Finding): number => SCAN_SEVERITIES.indexOf(severity);
  const counts = new Map<string, number>();
  const kept = findings
    .toSorted((one, other) => rank(other) - rank(one))
    .filter(({ id }) => {
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      return count <= MOST_OF_RULE;
    });
  const cut = new Map([...counts].filter(([, count]) => count > MOST_OF_RULE));
  return kept.map((finding) => {
    const count = cut.get(finding.id);
    if (count === undefined) return finding;
    cut.delete(finding.id);
    return { ...finding, evidence: `${finding.evidence} (one of ${count}; ${MOST_OF_RULE} are listed)` };
  });
}
