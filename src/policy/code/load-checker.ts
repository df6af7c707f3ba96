/** Grammars are loaded when a policy that needs them is compiled: one without code rules never pays for them. */
import type { Checker } from './checker.ts';
import type { CodeLanguage } from './types.ts';

const LOADERS: Readonly<Record<CodeLanguage, () => Promise<Checker>>> = {
  python: async () => (await import('./python/check-python.ts')).checkPython,
  javascript: async () => (await import('./javascript/check-javascript.ts')).checkJavaScript,
  typescript: async () => (await import('./javascript/check-javascript.ts')).checkJavaScript,
  shell: async () => (await import('./shell/check-shell.ts')).checkShell,
  sql: async () => (await import('./sql/check-sql.ts')).checkSql,
};
const loaded = new Map<CodeLanguage, Promise<Checker>>();

export function loadChecker(language: CodeLanguage): Promise<Checker> {
  let checker = loaded.get(language);
  if (checker === undefined) {
    checker = LOADERS[language]();
    loaded.set(language, checker);
  }
  return checker;
}

/** Begins to load; what goes wrong shows when a text is judged. */
export function preloadChecker(language: CodeLanguage): void {
  loadChecker(language).catch(() => undefined);
}
