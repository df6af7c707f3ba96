/** The bundled index in its compact form: facts and judgements, none of the servers' own texts. */
import type { Evidence, Severity, Signal } from '../types.ts';
import type { ToolClass } from '../../policy/index.ts';

export interface StarterServer {
  /** Name on npm. */
  readonly package: string;
  readonly version: string;
  readonly title: string;
  readonly repository: string | null;
  /** When it was asked for its tools: ISO date. */
  readonly seen: string;
  readonly tools: readonly StarterTool[];
}

export interface StarterTool {
  readonly name: string;
  /** `name: type`, with a question mark after the name of one that may be left out. */
  readonly parameters: readonly string[];
  readonly class: ToolClass;
  readonly classes: readonly ToolClass[];
  readonly severity: Severity;
  readonly confidence: number;
  readonly signals: readonly Signal[];
  /** Place, words, what they say, weight. */
  readonly evidence: readonly (readonly [string, string, Evidence['says'], number])[];
}
