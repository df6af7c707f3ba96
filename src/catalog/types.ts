/** What the catalogue says about a tool, and what it is told. Pure data. */
import type { JsonObject } from '../json.ts';
import type { ToolClass } from '../policy/index.ts';

/** One element of a `tools/list` result (MCP, server/tools). Every member is somebody's claim; any may be absent or of a wrong type. */
export type ToolDefinition = JsonObject;

export const SIGNALS = [
  'accepts-code',
  'accepts-sql',
  'accepts-shell',
  'accepts-url',
  'accepts-path',
  'accepts-credential',
  'accepts-html',
  'bulk',
  'sends-data-out',
  'costs-money',
] as const;
/** A trait that matters beside the class: what a parameter takes in, or what a call brings with it. */
export type Signal = (typeof SIGNALS)[number];

/** Mildest first. */
export const SEVERITY_LEVELS = ['Low', 'Medium', 'High', 'Critical'] as const;
export type Severity = (typeof SEVERITY_LEVELS)[number];

/** The words of the definition that decided. A type alias, so that it is JSON as it stands. */
export type Evidence = {
  /** Where the words stand: `name`, `title`, `description`, `inputSchema.properties.code`, `annotations.readOnlyHint`, `server`. */
  readonly place: string;
  readonly words: string;
  /** The class or signal that they point to. */
  readonly says: ToolClass | Signal;
  /** 0 to 1: how strongly. A class applies when its evidence adds up to one half. */
  readonly weight: number;
};

export interface Assessment {
  /** The gravest class that applies: the headline. */
  readonly class: ToolClass;
  /** All that apply, mildest first. `Read` stands alone or not at all: it means that nothing else happens. */
  readonly classes: readonly ToolClass[];
  readonly severity: Severity;
  /** 0 to 1: how much of the definition agrees. Low when only defaults decided. */
  readonly confidence: number;
  readonly signals: readonly Signal[];
  readonly evidence: readonly Evidence[];
}

export interface ServerWords {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

export interface ClassifyContext {
  /** The server's name, or its name and description. */
  readonly server?: string | ServerWords | undefined;
  /** The server's other tools: a word that most names begin with is a prefix, not a verb. */
  readonly siblings?: readonly ToolDefinition[] | undefined;
}
