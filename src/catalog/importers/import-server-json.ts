import type { Json } from '../../json.ts';
import { EntryReader, invalidImport } from './read-json.ts';
import { readServerJson } from './read-server-json.ts';
import type { ImportBatch, ImportSource } from './types.ts';

/** One `server.json`. @throws PC_IMPORT_INVALID naming each member that is not right */
export async function* importServerJson(
  document: Json,
  { from, at }: ImportSource,
): AsyncGenerator<ImportBatch> {
  const entry = new EntryReader(document, '');
  const server = readServerJson(entry);
  if (entry.problems.length > 0) throw invalidImport(`${from} is not a server.json.`, entry.problems);
  yield {
    servers: [{ ...server, source: { source: 'server-json', url: from, at } }],
    problems: [],
    next: null,
  };
}
