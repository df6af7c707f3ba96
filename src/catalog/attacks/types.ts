/** An attack pattern: what it exploits, what stops it, and a case that can be played against a policy. Pure data. */
import type { Json, JsonObject } from '../../json.ts';
import type { ToolClass } from '../../policy/index.ts';
import type { Signal, ToolDefinition } from '../types.ts';

export interface Incident {
  readonly title: string;
  /** ISO date, as exact as is known: `2025-07`, `2025-07-19`. */
  readonly date: string;
  readonly source: string;
}

/** One step of a case: a call as an agent under attack would send it. */
export interface AttackStep {
  /**
   * Which tools of the server at hand: those that have one of these classes and all of these signals. With a name, the tool
   * of that name that the hostile server brings.
   */
  readonly tool: {
    readonly classes?: readonly ToolClass[];
    readonly signals?: readonly Signal[];
    readonly name?: string;
  };
  /**
   * Makes hostile arguments that fit the tool's own schema; undefined when the tool has no place for them.
   * @param turn counts from 0 where the step is sent several times
   */
  readonly arguments: (tool: ToolDefinition, turn: number) => JsonObject | undefined;
  /** How many times it is sent; 1 when absent. */
  readonly times?: number;
  /** What the stand-in answers to it, when the attack sits in the result: the `result` of a `tools/call`. */
  readonly answer?: Json;
  /** The part of the answer that does the harm. The step is stopped when that does not come back. */
  readonly carries?: string;
  /** Nothing is called: the harm is done when the tool is in the list that the agent reads. */
  readonly listed?: true;
  /** A person agrees to whatever is asked, without reading it. */
  readonly approved?: true;
  /** Each call opens a session of its own. */
  readonly newSessions?: true;
}

export type AttackOutcome = 'stopped' | 'limited' | 'got through';

export interface AttackPattern {
  /** Path segment of its page. */
  readonly slug: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** How it works: paragraphs of plain text. */
  readonly mechanism: readonly string[];
  readonly incidents: readonly Incident[];
  /** It needs a tool of one of these classes (empty: any tool). */
  readonly classes: readonly ToolClass[];
  /** And one of these signals (empty: any). */
  readonly signals: readonly Signal[];
  /** Names in published lists: `OWASP MCP03:2025`, `CoSAI T4`, … */
  readonly references: readonly string[];
  /** A policy that stops it, in the policy language, for a tool named as the example's. */
  readonly policy: JsonObject;
  /** What no gateway can stop. */
  readonly remains: string;
  readonly steps: readonly AttackStep[];
  /** A hostile server's own part (poisoned definitions, rug pull), when the attack needs one. */
  readonly server?: { readonly tools: readonly ToolDefinition[] } | undefined;
  /** The tools that `policy` names, so that the case can be shown against it. */
  readonly examples?: readonly ToolDefinition[];
}
