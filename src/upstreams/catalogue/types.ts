/** What is known of a server's tools. */
import type { Json, JsonObject } from '../../json.ts';
import type { ToolClass, ToolFacts } from '../../policy/index.ts';

/** What a classifier says of a tool definition. */
export interface Assessment {
  readonly class: ToolClass;
  readonly classes: readonly ToolClass[];
  readonly severity: string;
  readonly confidence: number;
  readonly signals: readonly string[];
  readonly evidence: readonly Json[];
}

/** Deterministic and without I/O; the definition may hold a name only. */
export type Classify = (definition: JsonObject, context: { readonly server: string }) => Assessment;

export interface KnownTool {
  /** `checkInput` is compiled when it is first read. */
  readonly facts: ToolFacts;
  /** SHA-256 of the definition's canonical JSON, hex; '' for a tool known by name only. */
  readonly digest: string;
  readonly pinnedDigest: string;
  /** Whether the definition differs from the pinned one. */
  readonly drifted: boolean;
  /** As the upstream spelled it; '' for a tool known by name only. */
  readonly definition: string;
  /** Why arguments are not checked by the tool's own schema; undefined when they are, or when it has none. */
  readonly inputSchemaTrouble?: string | undefined;
}

/** One element of a `tools/list` result. */
export interface ListedTool {
  readonly value: JsonObject;
  /** As spelled. */
  readonly text: string;
}

export interface ToolCatalogue {
  /** Whether definitions are known and no change was announced since. */
  readonly loaded: boolean;
  get(name: string): KnownTool | undefined;
  /** Of every tool that a list has shown. */
  names(): Iterable<string>;
  /** A tool that no list has shown, judged by its name alone. */
  guess(name: string): KnownTool;
  /** Learns from a `tools/list` answer; `complete` when it holds every page. Never waits and never throws. */
  observe(tools: readonly ListedTool[], complete: boolean): void;
  /** The server announced a change: the next reader should list again. */
  markStale(): void;
  /** Reads what the store holds: overrides, pins, definitions of earlier runs. @throws PC_STORE_UNAVAILABLE */
  load(): Promise<void>;
  /** Resolves when everything observed so far is stored, or could not be. */
  settled(): Promise<void>;
}
