/** The tools that attacks are played against: from a file, from what the gateway saw, or from a server that is asked now. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { InvalidArgumentError } from 'commander';
import { assessTools, type AssessedTool, type ToolDefinition } from '../../catalog/index.ts';
import { PortcullisError } from '../../errors.ts';
import { isObject, objectOf, type Json } from '../../json.ts';
import { requireServer } from '../../registry/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';
import { askServers } from '../scan/ask-servers.ts';
import { namedServer } from '../scan/scan-options.ts';
import { openToolBook } from '../tool-facts.ts';

export interface ToolSource {
  readonly tools?: string;
  readonly server?: string;
  readonly upstream?: string;
  readonly transport?: 'http' | 'sse';
  readonly header: readonly string[];
  readonly env: readonly string[];
  readonly timeout: number;
}

/**
 * Undefined when a server that was asked did not answer; that is then said, and the command fails.
 * @throws PC_CONFIG_INVALID for a file, PC_SERVER_UNKNOWN; a usage error unless exactly one source is named
 */
export async function findTools(
  io: Io,
  command: readonly string[],
  source: ToolSource,
): Promise<readonly AssessedTool[] | undefined> {
  const { tools, server, upstream } = source;
  const named = [tools, server, upstream, command[0]].filter((one) => one !== undefined);
  if (named.length !== 1) throw new InvalidArgumentError('name exactly one place that the tools come from');
  if (tools !== undefined) return assessTools(await readTools(tools));
  return server === undefined ? askedTools(io, command, source) : knownTools(io, server);
}

async function readTools(path: string): Promise<readonly ToolDefinition[]> {
  const wrong = (detail: string, cause?: unknown): PortcullisError =>
    new PortcullisError('PC_CONFIG_INVALID', { detail: `${path} ${detail}` }, { cause });
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw wrong(`cannot be read (${cause.message})`, cause);
  });
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    throw wrong(`is not JSON (${(cause as Error).message})`, cause);
  }
  const list = listIn(value);
  if (list === undefined)
    throw wrong('must hold tool definitions: a list, or an object with `tools` (the result of tools/list)');
  return list;
}

/** A list, `{ tools }`, or a whole answer `{ result: { tools } }`. */
function listIn(value: Json | undefined): readonly ToolDefinition[] | undefined {
  if (Array.isArray(value))
    return (value as readonly Json[]).every(isObject) ? (value as ToolDefinition[]) : undefined;
  const answer = objectOf(value);
  return answer && listIn(answer['tools'] ?? objectOf(answer['result'])?.['tools']);
}

async function knownTools(io: Io, server: string): Promise<readonly AssessedTool[]> {
  const { facts } = await openToolBook(io, server);
  const { name, definitions } = await withInstallation(io, async ({ registry }) => {
    const row = await requireServer(registry, server);
    const tools = await registry.store.tools.list(row.id);
    return {
      name: row.name,
      definitions: tools.map(({ definition }) => JSON.parse(definition) as ToolDefinition),
    };
  });
  return assessTools(definitions, name).map(({ definition, assessment }) => {
    const { class: gravest, classes } = facts(String(definition['name']));
    return { definition, assessment: { ...assessment, class: gravest, classes } };
  });
}

async function askedTools(
  io: Io,
  command: readonly string[],
  source: ToolSource,
): Promise<readonly AssessedTool[] | undefined> {
  const machine = {
    platform: process.platform,
    home: homedir(),
    cwd: process.cwd(),
    variables: io.variables,
  };
  const stated = namedServer(command, { ...source, config: [], output: [] }, machine)!;
  const [asked] = await askServers([stated], {
    machine,
    timeoutMs: source.timeout * 1000,
    signal: io.signal,
    progress: () => {},
  });
  if (asked?.catalogue !== undefined) return assessTools(asked.catalogue.tools, stated.name);
  io.err(`portcullis: the tools are not known: ${plain(asked?.trouble ?? 'no answer')}`);
  io.fail();
  return undefined;
}
