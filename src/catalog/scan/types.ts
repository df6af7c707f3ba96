/** What a scan is told and what it says. Pure data; every text of a finding has passed `shown`. */
import type { Json, JsonObject } from '../../json.ts';
import type { PolicyDocument, ToolClass } from '../../policy/index.ts';
import type { Evidence, Severity, Signal, ToolDefinition } from '../types.ts';
import type { RuleId } from './rules.ts';

/** Mildest first. */
export const SCAN_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type ScanSeverity = (typeof SCAN_SEVERITIES)[number];

export const GRADES = ['A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof GRADES)[number];

/** A position in a configuration file, both 1-based. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type ServerTarget =
  | {
      readonly transport: 'stdio';
      readonly command: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      readonly cwd?: string | undefined;
    }
  | {
      readonly transport: 'http' | 'sse';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    };

/** A server as a configuration file or a command line states it, placeholders unfilled. */
export interface StatedServer {
  readonly name: string;
  /** The program whose configuration it is: `Cursor`, `Claude Code`, …; `command line` when there is no file. */
  readonly client: string;
  readonly target: ServerTarget;
  /** Where the server stands; undefined without a file. */
  readonly source?: SourcePlace | undefined;
  /** Where its parts stand: `command`, `args/0`, `env/TOKEN`, `url`, `headers/Authorization`. */
  readonly places: ReadonlyMap<string, SourcePlace>;
}

/** What a server said when it was asked. */
export interface ServerCatalogue {
  /** As the server says; null when it says nothing. */
  readonly serverInfo: Json;
  readonly instructions: string | undefined;
  readonly tools: readonly ToolDefinition[];
  /** A list that the server does not offer is absent. */
  readonly prompts?: readonly JsonObject[] | undefined;
  readonly resources?: readonly JsonObject[] | undefined;
  readonly resourceTemplates?: readonly JsonObject[] | undefined;
  /** Definitions that parsers may read differently, and that are in no list. */
  readonly unreadable?: number | undefined;
}

/** One server before judgement. Without a catalogue it was not asked, or `trouble` says why it did not answer. */
export interface ScannedServer {
  readonly stated: StatedServer;
  readonly catalogue?: ServerCatalogue | undefined;
  readonly trouble?: string | undefined;
}

export interface Finding {
  readonly id: RuleId;
  readonly severity: ScanSeverity;
  readonly title: string;
  /** The words that decided, clipped. */
  readonly evidence: string;
  /** `tool create_issue: description`, `configuration: args/1`, `lock file: tool x`. */
  readonly place: string;
  readonly remedy: string;
  readonly source?: SourcePlace | undefined;
}

export interface ScannedTool {
  readonly name: string;
  readonly class: ToolClass;
  readonly severity: Severity;
  readonly confidence: number;
  readonly signals: readonly Signal[];
  /** The strongest few. */
  readonly evidence: readonly Evidence[];
}

export interface ServerReport {
  readonly name: string;
  readonly client: string;
  readonly source?: SourcePlace | undefined;
  readonly transport: ServerTarget['transport'];
  /** Command or address, secrets masked. */
  readonly origin: string;
  readonly status: 'asked' | 'not asked' | 'failed';
  /** Why it did not answer. */
  readonly trouble?: string | undefined;
  /** Name and version as it says; '' when it says nothing. */
  readonly identity: string;
  readonly grade: Grade;
  readonly reasons: readonly string[];
  readonly tools: readonly ScannedTool[];
  /** How many tools it has; `tools` holds at most `MOST_TOOLS`. */
  readonly toolCount: number;
  readonly prompts: number;
  readonly resources: number;
  readonly findings: readonly Finding[];
  /** Null when nothing is known of its tools. */
  readonly policy: PolicyDocument | null;
}

export interface ScanReport {
  readonly version: 1;
  /** RFC 3339. */
  readonly at: string;
  /** Null when there was no server to judge. */
  readonly grade: Grade | null;
  readonly reasons: readonly string[];
  readonly counts: Readonly<Record<ScanSeverity, number>>;
  /** Files that were read. */
  readonly files: readonly string[];
  /** What belongs to no single server: drift of servers that are gone, files that could not be read. */
  readonly findings: readonly Finding[];
  readonly servers: readonly ServerReport[];
}
