/** From what a server answered when it was asked for its tools, to its entry in the bundled index. */
import { classify } from '../classify/classify.ts';
import { cleanDefinition } from '../library/clean-definition.ts';
import { cleanLine } from '../library/clean-text.ts';
import { repositoryUrl } from '../library/clean-url.ts';
import { parametersOf } from '../library/parameters-of.ts';
import type { ToolDefinition } from '../types.ts';
import type { StarterServer, StarterTool } from './types.ts';

const MOST_EVIDENCE = 4;
/** A few words are a quotation; more would be a copy. */
const MOST_WORDS = 6;
const MOST_PARAMETERS = 60;

export interface AskedServer {
  readonly package: string;
  readonly version: string;
  readonly description?: string | undefined;
  readonly repository?: string | undefined;
  /** ISO date. */
  readonly seen: string;
  readonly tools: readonly ToolDefinition[];
}

export function describeServer(server: AskedServer): StarterServer {
  const siblings = server.tools.map(cleanDefinition).filter((tool) => tool !== undefined);
  const context = { server: { name: server.package, description: server.description }, siblings };
  return {
    package: server.package,
    version: server.version,
    title: titleOf(server.package),
    repository: repositoryUrl(server.repository) ?? null,
    seen: server.seen,
    tools: siblings.map((tool) => describeTool(tool, classify(tool, context))),
  };
}

function describeTool(tool: ToolDefinition, assessment: ReturnType<typeof classify>): StarterTool {
  const { class: gravest, classes, severity, confidence, signals, evidence } = assessment;
  return {
    name: tool['name'] as string,
    parameters: parametersOf(tool)
      .slice(0, MOST_PARAMETERS)
      .map(({ name, type, required }) => `${name}${required ? '' : '?'}: ${type}`),
    class: gravest,
    classes,
    severity,
    confidence,
    signals,
    evidence: evidence
      .slice(0, MOST_EVIDENCE)
      .map(
        ({ place, words, says, weight }) =>
          [place, few(words), says, Math.round(weight * 100) / 100] as const,
      ),
  };
}

function few(text: string): string {
  return cleanLine(text, 80).split(' ').slice(0, MOST_WORDS).join(' ');
}

/** `@acme/mail-mcp-server` → `Acme Mail`: an own name, not the server's own text. */
function titleOf(name: string): string {
  const [scope, own] = name.startsWith('@') ? name.slice(1).split('/') : [undefined, name];
  const words = (text: string): string[] =>
    text
      .split(/[-_.]+/)
      .filter((word) => word !== '' && !/^(mcp|server|servers|ai|io|oss|modelcontextprotocol)$/.test(word));
  const main = words(own ?? '');
  const vendor = words(scope ?? '').filter((word) => !main.includes(word));
  return [...vendor, ...main].map((word) => word[0]!.toUpperCase() + word.slice(1)).join(' ') || name;
}
