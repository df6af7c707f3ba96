/** The JSON report of `portcullis scan`: judgements of servers that were asked, without their definitions. */
import { TOOL_CLASSES, type ToolClass } from '../../policy/index.ts';
import type { Json } from '../../json.ts';
import { SEVERITIES } from '../classify/classify.ts';
import { slugOf } from '../library/clean-server.ts';
import type { AssessedImport, CatalogPackage, ImportedServer } from '../library/types.ts';
import { SIGNALS, type Evidence } from '../types.ts';
import { EntryReader, invalidImport } from './read-json.ts';
import type { ImportBatch, ImportSource } from './types.ts';

/** @throws PC_IMPORT_INVALID naming each member that is not right */
export async function* importScan(document: Json, { from, at }: ImportSource): AsyncGenerator<ImportBatch> {
  const report = new EntryReader(document, '');
  const servers = (report.list('servers') ?? []).flatMap((server) => readServer(server, at));
  if (report.raw('servers') === undefined) report.problem('/servers', 'This member is needed.');
  if (report.problems.length > 0)
    throw invalidImport(`${from} is not a report of portcullis scan.`, report.problems.slice(0, 50));
  yield { servers, problems: [], next: null };
}

/** A server that was not asked tells nothing about itself. */
function readServer(entry: EntryReader, at: number): ImportedServer[] {
  const name = entry.required('name');
  if (entry.text('status') !== 'asked') return [];
  const origin = entry.text('origin') ?? '';
  const isRemote = entry.text('transport') !== 'stdio';
  const type = entry.text('transport') === 'sse' ? 'sse' : 'http';
  return [
    {
      slug: slugOf(name),
      title: name,
      transports: isRemote ? [] : ['stdio'],
      packages: isRemote ? [] : packageOf(origin),
      remotes: isRemote && origin !== '' ? [{ type, url: origin }] : [],
      assessed: (entry.list('tools') ?? []).map(readTool),
      source: { source: 'scan', url: null, at },
    },
  ];
}

/** `npx -y @acme/mail@1.2 …` and `uvx acme-mail …` name their package. */
function packageOf(origin: string): CatalogPackage[] {
  const [, runner, name = '', version] =
    /^\S*?\b(npx|bunx|pnpx|uvx)(?:\.cmd)? (?:-\S+ )*((?:@[\w.-]+\/)?[\w.-]+)(?:@|==)?([\w.-]+)?(?: |$)/.exec(
      origin,
    ) ?? [];
  return runner === undefined
    ? []
    : [{ registry: runner === 'uvx' ? 'pypi' : 'npm', name, version: version ?? null }];
}

function readTool(entry: EntryReader): AssessedImport {
  const gravest = TOOL_CLASSES.find((one) => one === entry.text('class'));
  if (gravest === undefined) entry.problem('/class', `Expected one of ${TOOL_CLASSES.join(', ')}.`);
  const counted: ToolClass = gravest ?? 'Write';
  const signals = entry.raw('signals');
  return {
    name: entry.required('name'),
    parameters: [],
    assessment: {
      class: counted,
      classes: [counted],
      severity: SEVERITIES[counted],
      confidence: Math.min(
        1,
        entry.count('confidence') === undefined ? 0 : (entry.raw('confidence') as number),
      ),
      signals: SIGNALS.filter((one) => Array.isArray(signals) && signals.includes(one)),
      evidence: (entry.list('evidence') ?? []).slice(0, 20).flatMap(readEvidence),
    },
  };
}

function readEvidence(entry: EntryReader): Evidence[] {
  const says = [...TOOL_CLASSES, ...SIGNALS].find((one) => one === entry.text('says'));
  const weight = entry.raw('weight');
  return says === undefined || typeof weight !== 'number'
    ? []
    : [{ place: entry.text('place') ?? '', words: entry.text('words') ?? '', says, weight }];
}
