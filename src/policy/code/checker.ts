import type { CodeRules } from './types.ts';
import type { Report } from './report.ts';

/** Work in small steps: whoever drives it may rest, or give up, at every `yield`. */
export type Steps<Result = void> = Generator<void, Result, void>;

/** Reads a text and reports everything that the rules do not permit. Never throws on any text. */
export type Checker = (text: string, rules: CodeRules, report: Report) => Steps;
