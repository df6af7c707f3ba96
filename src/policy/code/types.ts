/** The vocabulary of rules that read code. */

export const LANGUAGES = ['python', 'javascript', 'typescript', 'shell', 'sql'] as const;
export type CodeLanguage = (typeof LANGUAGES)[number];

/** The dialects of SQL whose quoting and comments are known. */
export const DIALECTS = ['postgresql', 'mysql', 'sqlite', 'mssql'] as const;
export type SqlDialect = (typeof DIALECTS)[number];

/** The operand of `code_within`: what a text may reach. What is not listed may not. */
export interface CodeRules {
  readonly language: CodeLanguage;
  readonly imports?: readonly string[];
  readonly globals?: readonly string[];
  /** Absent: a permitted network call may contact any host. */
  readonly hosts?: readonly string[];
  readonly commands?: readonly string[];
  readonly writes?: readonly string[];
  readonly statements?: readonly string[];
  readonly tables?: readonly string[];
  readonly functions?: readonly string[];
  readonly dialect?: SqlDialect;
}

/** One thing in a text that its rules do not permit. */
export interface Objection {
  /** Offsets in UTF-16 code units, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  readonly message: string;
}

export interface CodeVerdict {
  /** Undefined: the text does not parse, or could not be read within its bounds. */
  readonly holds: boolean | undefined;
  readonly objections: readonly Objection[];
}

/** Verdicts by operand (the very object of the document), then by text. */
export type CodeVerdicts = ReadonlyMap<object, ReadonlyMap<string, CodeVerdict>>;
