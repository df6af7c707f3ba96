/** Patterns of a schema on RE2 in place of the platform's backtracking engine, within a budget for each schema and each test. */
import { RE2JS } from 're2js';
import { patternSize } from '../../pattern-size.ts';

const MOST_PATTERNS = 200;
/** Steps of all patterns of a schema: about a tenth of a second to compile. */
const MOST_STEPS = 20_000;
/** Instructions of a compiled pattern. */
const LARGEST_PATTERN = 2000;
/** Instructions times characters of one test: about a second at worst. */
const MOST_WORK = 50_000_000;

/** Of the schema that is being compiled; compiling is synchronous. */
let left = 0;
let stepsLeft = 0;

/** Before a schema is compiled: it may have as many patterns as any schema. */
export function allowPatterns(): void {
  left = MOST_PATTERNS;
  stepsLeft = MOST_STEPS;
}

/** @throws for look-around, back-references, and more or larger patterns than any real tool has */
export function linearPattern(pattern: string): LinearPattern {
  left -= 1;
  if (left < 0) throw new Error(`more than ${MOST_PATTERNS} patterns`);
  stepsLeft -= patternSize(pattern);
  if (stepsLeft < 0) throw new Error('the patterns are too large');
  return new LinearPattern(pattern);
}

class LinearPattern {
  readonly #pattern: string;
  readonly #compiled: RE2JS;
  readonly #size: number;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    this.#size = this.#compiled.programSize();
    if (this.#size > LARGEST_PATTERN) throw new Error('a pattern is too large');
  }

  /** Ajv tells patterns apart by this text; without it, one would stand for all. */
  toString(): string {
    return `/${this.#pattern}/u`;
  }

  test(text: string): boolean {
    if (this.#size * text.length > MOST_WORK) throw new Error('too much text for this pattern');
    return this.#compiled.test(text);
  }
}
