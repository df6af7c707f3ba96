/** Reads one configuration file. What is not understood becomes a finding; nothing is left out in silence. */
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { makeFinding, type Finding } from '../../catalog/index.ts';
import type { KnownFile } from './known-files.ts';
import { placeIn } from './place-in.ts';
import { readCodex } from './read-codex.ts';
import { readEntry, type Entry } from './read-entry.ts';
import { readJson } from './read-json.ts';

export interface ReadConfiguration {
  /** As reports name it: relative to the current folder where it is below it. */
  readonly file: string;
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
}

const LARGEST = 20 * 1024 * 1024;

/** @returns undefined when there is no such file */
export async function readConfigurationFile(
  known: KnownFile,
  cwd: string,
): Promise<ReadConfiguration | undefined> {
  const file = named(known.path, cwd);
  const unreadable = (what: string, line = 1, column = 1): Finding =>
    makeFinding('unreadable-configuration', `configuration: ${file}`, what, {
      source: { file, line, column },
    });
  let text: string;
  try {
    if ((await stat(known.path)).size > LARGEST)
      return { file, entries: [], findings: [unreadable('too large')] };
    text = (await readFile(known.path, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { file, entries: [], findings: [unreadable(code ?? message)] };
  }
  const { servers, problems } = (known.format === 'codex' ? readCodex : readJson)(text, placeIn(file, text));
  const findings = problems.map(({ what, place }) => unreadable(what, place.line, place.column));
  const entries: Entry[] = [];
  for (const [name, given] of servers) {
    const entry = readEntry(name, known.client, given);
    if (typeof entry === 'string') findings.push(unreadable(entry, given.place.line, given.place.column));
    else {
      entries.push(entry);
      for (const member of entry.unsupported)
        findings.push(
          unreadable(`${name}: ${member} is not supported`, given.place.line, given.place.column),
        );
    }
  }
  return { file, entries, findings };
}

function named(path: string, cwd: string): string {
  const below = relative(cwd, path);
  const inside = below !== '' && !below.startsWith('..') && !isAbsolute(below);
  return (inside ? below : path).replaceAll('\\', '/');
}
