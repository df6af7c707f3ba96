/** SQL: every statement's kind, every table and every function that is called must be permitted, in subqueries too. */
import { globMatcher } from '../../glob.ts';
import type { Checker } from '../checker.ts';
import type { SqlEvents } from './reader.ts';
import { HARMLESS_FUNCTIONS } from './names.ts';
import { StatementsParser } from './statements-parser.ts';
import { SqlSyntaxError, tokensOf, type Token } from './tokens.ts';

/** A query of this many characters is data, not a question. */
const MOST_CHARACTERS = 128 * 1024;
/** Schemas that a name without one means. */
const USUAL_SCHEMAS = /^(?:public|dbo|main)\./;
const SYSTEM =
  /^(?:pg_|sqlite_|information_schema$|sys$|sys\.|mysql\.|msdb\.|master\.|information_schema\.|performance_schema\.|pg_catalog\.)/;

export const checkSql: Checker = function* (text, rules, report) {
  if (text.length > MOST_CHARACTERS)
    return report.unreadable(0, `is longer than ${MOST_CHARACTERS} characters, the most that is read of SQL`);
  const control =
    /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u00a0\u2000-\u200f\u2028-\u202f\ufeff]/.exec(text);
  if (control !== null) return report.unreadable(control.index, 'a character that dialects read differently');
  const statements = new Set(rules.statements ?? []);
  const functions = new Set((rules.functions ?? []).map((name) => name.toLowerCase()));
  const folds = rules.dialect !== 'postgresql' && rules.dialect !== undefined;
  const tables = (rules.tables ?? []).map((pattern) => ({
    pattern: pattern.toLowerCase().replace(USUAL_SCHEMAS, ''),
    matches: globMatcher(pattern.toLowerCase().replace(USUAL_SCHEMAS, '')),
    exact: globMatcher(pattern.replace(USUAL_SCHEMAS, '')),
  }));
  const permitted = (name: readonly Token[]): boolean => {
    const full = name.map((part) => part.text).join('.');
    const plain = full.toLowerCase().replace(USUAL_SCHEMAS, '');
    // A quoted name keeps its case; where dialects differ, it must be written as listed.
    const asWritten =
      !folds && name.some((part) => part.kind === 'quoted' && part.text !== part.text.toLowerCase());
    if (name.some((part) => part.kind === 'quoted' && part.text.includes('.'))) return false;
    return tables.some(({ pattern, matches, exact }) => {
      if (plain.includes('.') !== pattern.includes('.')) return false;
      if (SYSTEM.test(plain) && !SYSTEM.test(pattern)) return false;
      return asWritten ? exact(full.replace(USUAL_SCHEMAS, '')) : matches(plain);
    });
  };
  const events: SqlEvents = {
    table(name) {
      if (!permitted(name)) add(name, `the table ${shown(name)} is not permitted`);
    },
    call(name) {
      const full = shown(name).toLowerCase();
      const harmless = name.length === 1 && HARMLESS_FUNCTIONS.has(full);
      if (!harmless && !functions.has(full)) add(name, `the function ${full} is not permitted`);
    },
    statement(kind, token) {
      if (!statements.has(kind))
        add([token], `the statement ${kind.replaceAll('_', ' ').toUpperCase()} is not permitted`);
    },
    refuse: (token, message) => add([token], message),
  };
  function add(name: readonly Token[], message: string): void {
    report.add(name[0]!.from, name.at(-1)!.to, message);
  }
  try {
    const parser = new StatementsParser(yield* tokensOf(text, rules.dialect), events);
    let count = 0;
    for (; parser.statement(); count += 1) {
      if (report.full) return;
      yield;
    }
    if (count === 0) report.unreadable(0, 'there is no statement');
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    report.unreadable(error.at, error.message);
  }
};

function shown(name: readonly Token[]): string {
  return name.map((part) => (part.kind === 'word' ? part.text.toLowerCase() : part.text)).join('.');
}
