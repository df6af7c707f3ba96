/**
 * A checkout of Docker's MCP registry: `servers/<name>/server.yaml`, and beside it `tools.json` with the tools that its
 * authors captured (name, description, arguments).
 */
import { parse } from 'yaml';
import { slugOf } from '../library/clean-server.ts';
import type { ImportedServer } from '../library/types.ts';
import type { Json } from '../../json.ts';
import type { ToolDefinition } from '../types.ts';
import { EntryReader } from './read-json.ts';
import type { ImportBatch, ImportSource } from './types.ts';

const BATCH = 50;

export interface DockerImport extends ImportSource {
  /** Names of the folders below `servers`, in order. */
  readonly folders: readonly string[];
  /** A file of a folder; undefined when there is none. */
  readonly read: (folder: string, file: 'server.yaml' | 'tools.json') => Promise<string | undefined>;
  /** The folder after which an interrupted import goes on. */
  readonly after?: string | undefined;
}

export async function* importDocker(source: DockerImport): AsyncGenerator<ImportBatch> {
  const left = source.folders.filter((folder) => source.after === undefined || folder > source.after);
  for (let start = 0; ; start += BATCH) {
    const folders = left.slice(start, start + BATCH);
    const servers: ImportedServer[] = [];
    const problems: ImportBatch['problems'][number][] = [];
    for (const folder of folders) {
      const text = await source.read(folder, 'server.yaml');
      if (text === undefined) continue;
      const entry = new EntryReader(document(text), `/${folder}/server.yaml`);
      const server = readServer(entry, source);
      const tools = await toolsOf(source, folder, entry);
      problems.push(...entry.problems);
      if (entry.problems.length === 0) servers.push(tools === undefined ? server : { ...server, tools });
    }
    const isLast = start + BATCH >= left.length;
    yield { servers, problems, next: isLast ? null : folders.at(-1)! };
    if (isLast) return;
  }
}

/** Aliases could make a small file a large value. */
function document(text: string): Json | undefined {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'silent' }) as Json;
  } catch {
    return undefined;
  }
}

function readServer(entry: EntryReader, { from, at }: DockerImport): ImportedServer {
  const name = entry.required('name');
  const about = entry.object('about');
  const image = entry.text('image');
  const remote = entry.object('remote');
  const url = remote?.text('url');
  const type = remote?.text('transport_type') === 'sse' ? 'sse' : 'http';
  return {
    slug: slugOf(name),
    title: about?.text('title') ?? name,
    description: about?.text('description'),
    transports: image === undefined ? [] : ['stdio'],
    packages:
      image === undefined ? [] : [{ registry: 'oci', name: image.replace(/:[\w.-]+$/, ''), version: null }],
    remotes: url === undefined ? [] : [{ type, url }],
    repository: entry.object('source')?.text('project'),
    extra: { ...entry.whole, config: null },
    source: { source: 'docker', url: `${from}#${name}`, at },
  };
}

async function toolsOf(
  { read }: DockerImport,
  folder: string,
  outer: EntryReader,
): Promise<readonly ToolDefinition[] | undefined> {
  const text = await read(folder, 'tools.json');
  if (text === undefined) return undefined;
  const file = new EntryReader({ tools: document(text) ?? null }, `/${folder}/tools.json`);
  const tools = file.list('tools')?.map(readTool);
  for (const { pointer, message } of file.problems) outer.problems.push({ pointer, message });
  // An empty list stands for tools that could not be asked for.
  return tools === undefined || tools.length === 0 ? undefined : tools;
}

function readTool(tool: EntryReader): ToolDefinition {
  const parameters = (tool.list('arguments') ?? []).flatMap((argument): [string, ToolDefinition][] => {
    const name = argument.text('name');
    if (name === undefined) return [];
    const description = argument.text('desc') ?? argument.text('description');
    return [
      [name, { type: argument.text('type') ?? 'string', ...(description !== undefined && { description }) }],
    ];
  });
  const optional = new Set(
    (tool.list('arguments') ?? [])
      .filter((one) => one.raw('optional') === true)
      .map((one) => one.text('name')),
  );
  const description = tool.text('description');
  return {
    name: tool.required('name'),
    ...(description !== undefined && { description }),
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(parameters),
      required: parameters.map(([name]) => name).filter((name) => !optional.has(name)),
    },
  };
}
