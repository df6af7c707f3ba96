import type { CodeNode } from '../code-tree.ts';
import type { Report } from '../report.ts';
import type { CodeRules } from '../types.ts';
import type { Scopes } from './scopes.ts';

/** A text as the checks of this folder see it. */
export interface JavaScriptText {
  readonly source: string;
  readonly nodes: readonly CodeNode[];
  readonly scopes: Scopes;
  readonly rules: CodeRules;
  readonly report: Report;
  readonly slice: (node: CodeNode) => string;
  /** The text's own names of properties, with the values given to them where they are plain expressions. */
  readonly properties: ReadonlyMap<string, readonly (CodeNode | undefined)[]>;
  /** Every call, by the name of its method. */
  readonly methodCalls: ReadonlyMap<string, readonly CodeNode[]>;
}
