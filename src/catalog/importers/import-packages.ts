/**
 * A list of packages, one JSON object a line: `{"registry": "npm", "name": "…", "version": "…", "summary": "…",
 * "downloadsPerMonth": 1}`. What npm's search API calls `description` and PyPI's `summary` may stand for each other.
 */
import type { Json } from '../../json.ts';
import type { ImportedServer } from '../library/types.ts';
import { EntryReader } from './read-json.ts';
import type { ImportBatch, ImportSource } from './types.ts';

const BATCH = 500;
const LONGEST_LINE = 1024 * 1024;

const REGISTRIES = {
  npm: { language: 'typescript', page: (name: string) => `https://www.npmjs.com/package/${name}` },
  pypi: { language: 'python', page: (name: string) => `https://pypi.org/project/${name}/` },
} as const;

export interface PackagesImport extends ImportSource {
  readonly lines: AsyncIterable<string>;
  /** Lines that are stored already. */
  readonly skip: number;
}

/** A line that cannot be read is a problem; the others are imported. */
export async function* importPackages({ lines, skip, at }: PackagesImport): AsyncGenerator<ImportBatch> {
  let servers: ImportedServer[] = [];
  let problems: ImportBatch['problems'][number][] = [];
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (line <= skip || text.trim() === '') continue;
    const entry = new EntryReader(parsed(text), '', line);
    const server = entry.problems.length > 0 ? undefined : readPackage(entry, at);
    if (entry.problems.length > 0) problems.push(...entry.problems);
    else if (server !== undefined) servers.push(server);
    if (servers.length === BATCH) {
      yield { servers, problems, next: String(line) };
      servers = [];
      problems = [];
    }
  }
  yield { servers, problems, next: null };
}

function parsed(text: string): Json | undefined {
  if (text.length > LONGEST_LINE) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function readPackage(entry: EntryReader, at: number): ImportedServer | undefined {
  const registry = entry.text('registry');
  const name = entry.required('name');
  if (registry !== 'npm' && registry !== 'pypi') {
    entry.problem('/registry', 'Expected npm or pypi.');
    return undefined;
  }
  const { language, page } = REGISTRIES[registry];
  const version = entry.text('version');
  return {
    title: name,
    description: entry.text('summary') ?? entry.text('description'),
    version,
    language,
    packages: [{ registry, name, version: version ?? null }],
    homepage: entry.text('homepage') ?? page(name),
    repository: entry.text('repository'),
    uses: entry.count('downloadsPerMonth'),
    source: { source: registry, url: page(name), at },
  };
}
