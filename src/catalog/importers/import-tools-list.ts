/** A captured `tools/list`: a result, a whole JSON-RPC answer, a list of tools, or one of these with the server's `name`, `version` and `serverInfo` beside it. */
import { asObject, type Json } from '../../json.ts';
import { MOST_TOOLS, slugOf } from '../library/clean-server.ts';
import type { ToolDefinition } from '../types.ts';
import { EntryReader, invalidImport } from './read-json.ts';
import type { ImportBatch, ImportSource } from './types.ts';

export interface ToolsListImport extends ImportSource {
  readonly slug?: string | undefined;
  readonly name?: string | undefined;
}

/** @throws PC_IMPORT_INVALID naming each tool that is not one */
export async function* importToolsList(document: Json, source: ToolsListImport): AsyncGenerator<ImportBatch> {
  const { from, at } = source;
  const entry = new EntryReader(Array.isArray(document) ? { tools: document } : document, '');
  const result = entry.object('result') ?? entry;
  const list = result.list('tools');
  if (list !== undefined && list.length > MOST_TOOLS)
    result.problem('/tools', `A server has at most ${MOST_TOOLS} tools; there are ${list.length}.`);
  for (const tool of list ?? []) tool.required('name');
  if (list === undefined && entry.problems.length === 0) result.problem('/tools', 'This member is needed.');
  if (entry.problems.length > 0)
    throw invalidImport(`${from} is not a list of tools.`, entry.problems.slice(0, 50));
  const info = entry.object('serverInfo') ?? result.object('serverInfo');
  const title = source.name ?? info?.text('title') ?? entry.text('name') ?? info?.text('name');
  if (title === undefined) throw invalidImport(`${from} does not name its server: say it with --name.`);
  yield {
    servers: [
      {
        slug: source.slug ?? slugOf(entry.text('name') ?? title),
        title,
        version: entry.text('version') ?? info?.text('version'),
        tools: (list ?? []).map((tool): ToolDefinition => asObject(tool.whole)),
        source: { source: 'tools-list', url: null, at },
      },
    ],
    problems: [],
    next: null,
  };
}
