import type { Report } from '../report.ts';
import type { CodeRules } from '../types.ts';
import type { Script, Simple } from './syntax.ts';
import type { Variables } from './variables.ts';

/** A text as the checks of this folder see it. */
export interface ShellText {
  readonly source: string;
  readonly script: Script;
  readonly rules: CodeRules;
  readonly report: Report;
  readonly variables: Variables;
  readonly commands: ReadonlySet<string>;
  readonly mayWrite: (path: string) => boolean;
  readonly movesAround: boolean;
  /** Whether the name is surely a function of the text when this command runs. */
  readonly isFunction: (name: string, command: Simple) => boolean;
}
