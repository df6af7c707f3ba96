/** A way that a call can take to a server, and what is seen at its two ends. */
import type { ToolCall } from './calls.ts';
import type { Scene } from './scene.ts';

export interface Outcome {
  readonly verdict: 'allow' | 'deny' | 'needs_approval' | 'refused';
  /** The rule that decided, as the caller can see it; the error's code when the call was refused before any rule. */
  readonly rule: string;
}

/** One caller on one path, under one policy, with counters of its own. */
export interface Way {
  /** @param mark put into `_meta`, so that the call is found again in the server's log */
  call(call: ToolCall, mark: string): Promise<Outcome>;
  /** Names as listed, in order. */
  list?(): Promise<readonly string[]>;
  /** What the server behind got, for servers that only this caller has. */
  arrived?(): Promise<readonly string[]>;
  close?(): Promise<void>;
}

export interface Path {
  readonly name: string;
  open(scene: Scene, document: object): Promise<Way>;
}

export const MARK = 'parity/mark';
