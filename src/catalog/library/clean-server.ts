/** A server from anybody, bounded and cleaned, its tools judged. Pure but for giving others their turn. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PortcullisError } from '../../errors.ts';
import { classify } from '../classify/classify.ts';
import type { ToolDefinition } from '../types.ts';
import { cleanDefinition } from './clean-definition.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { cleanUrl, repositoryUrl } from './clean-url.ts';
import type { ToolFacts } from './facts.ts';
import { parametersOf } from './parameters-of.ts';
import type { AssessedImport, CatalogPackage, ImportedServer } from './types.ts';

export const MOST_TOOLS = 10_000;
const LONGEST_TITLE = 200;
const LONGEST_DESCRIPTION = 4_000;
const LONGEST_EXTRA = 16_384;
const MOST_PACKAGES = 20;
/** Characters of all definitions of one server; later tools are kept without theirs. */
const DEFINITIONS = 8_000_000;
/** Tools judged between two turns of the event loop. */
const SLICE = 50;

export interface CleanTool {
  readonly name: string;
  readonly digest: string;
  readonly facts: Omit<ToolFacts, 'classOverride'>;
}

export interface CleanServer extends Omit<ImportedServer, 'tools' | 'assessed' | 'extra'> {
  /** JSON. */
  readonly extra?: string | undefined;
  readonly tools?: readonly CleanTool[] | undefined;
}

/** @throws PC_IMPORT_INVALID without a title, or with more tools than are kept */
export async function cleanServer(server: ImportedServer): Promise<CleanServer> {
  const title = cleanLine(server.title, LONGEST_TITLE);
  if (title === '') throw invalid('/title', 'A server needs a title.');
  const { tools, assessed, extra, slug: _, ...rest } = server;
  if ((tools ?? assessed ?? []).length > MOST_TOOLS)
    throw invalid('/tools', `A server has at most ${MOST_TOOLS} tools.`);
  const kept = extra === undefined ? undefined : JSON.stringify(extra);
  const slug = server.slug === undefined ? undefined : slugOf(server.slug);
  return {
    ...rest,
    title,
    slug,
    description: cleaned(server.description, (text) => cleanText(text, LONGEST_DESCRIPTION)),
    version: cleaned(server.version, (text) => cleanLine(text, 100)),
    language: cleaned(server.language, (text) => cleanLine(text.toLowerCase(), 30)),
    homepage: cleanUrl(server.homepage),
    repository: repositoryUrl(server.repository),
    packages: server.packages?.slice(0, MOST_PACKAGES).flatMap(cleanPackage),
    remotes: server.remotes?.slice(0, MOST_PACKAGES).flatMap(({ type, url }) => {
      const clean = cleanUrl(url);
      return clean === undefined ? [] : [{ type, url: clean }];
    }),
    extra: kept === undefined || kept.length > LONGEST_EXTRA ? undefined : kept,
    ...(tools !== undefined && { tools: await judged(tools, server) }),
    ...(assessed !== undefined && { tools: assessed.flatMap(known) }),
  };
}

/** `[a-z0-9][a-z0-9-]*`, at most 100 characters; undefined when nothing is left. */
export function slugOf(text: string): string | undefined {
  const slug = text
    .slice(0, 500)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 100)
    .replace(/-+$/, '');
  return slug === '' ? undefined : slug;
}

async function judged(tools: readonly ToolDefinition[], server: ImportedServer): Promise<CleanTool[]> {
  const siblings = tools.map(cleanDefinition).filter((tool) => tool !== undefined);
  const context = { server: { name: server.title, description: server.description }, siblings };
  const names = new Set<string>();
  const clean: CleanTool[] = [];
  let size = 0;
  for (const [index, definition] of siblings.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    const name = definition['name'] as string;
    if (names.has(name)) continue;
    names.add(name);
    const { description, title } = definition;
    size += JSON.stringify(definition).length;
    const whole = size <= DEFINITIONS;
    clean.push(
      digested(name, {
        title: typeof title === 'string' ? title : null,
        description: whole && typeof description === 'string' ? description : null,
        parameters: parametersOf(definition),
        assessment: classify(definition, context),
        definition: whole ? definition : null,
      }),
    );
  }
  return clean;
}

/** What is known of the schema is enough to recommend rules on parameters. */
function known({ name, parameters, assessment }: AssessedImport): CleanTool[] {
  const properties = Object.fromEntries(parameters.map((one) => [one.name, { type: one.type }]));
  const required = parameters.filter((one) => one.required).map((one) => one.name);
  const definition = cleanDefinition({ name, inputSchema: { type: 'object', properties, required } });
  return definition === undefined
    ? []
    : [
        digested(definition['name'] as string, {
          title: null,
          description: null,
          parameters,
          assessment,
          definition,
        }),
      ];
}

function digested(name: string, facts: CleanTool['facts']): CleanTool {
  return { name, digest: createHash('sha256').update(JSON.stringify(facts)).digest('base64url'), facts };
}

function cleanPackage({ registry, name, version }: CatalogPackage): CatalogPackage[] {
  const clean = { registry: cleanLine(registry, 30), name: cleanLine(name, 214) };
  if (clean.registry === '' || clean.name === '') return [];
  return [{ ...clean, version: version === null ? null : cleanLine(version, 100) }];
}

/** What is blank is not said. */
function cleaned(text: string | undefined, clean: (text: string) => string): string | undefined {
  return text === undefined ? undefined : clean(text) || undefined;
}

function invalid(pointer: string, message: string): PortcullisError {
  return new PortcullisError('PC_IMPORT_INVALID', { detail: message }, { problems: [{ pointer, message }] });
}
