/**
 * Shell: every command word is plain text and listed, wherever it stands: in pipelines, substitutions, `sh -c`, behind `xargs` or
 * `find -exec`; redirections write only where the policy says; variables that steer commands stay as they are.
 */
import { compileGlobs } from './write-paths.ts';
import type { Checker } from '../checker.ts';
import { checkCommand } from './check-command.ts';
import type { ShellText } from './shell-text.ts';
import { ShellParser } from './parse-shell.ts';
import {
  behindBuiltin,
  ShellSyntaxError,
  staticText,
  type FunctionDefinition,
  type Script,
} from './syntax.ts';
import { Variables } from './variables.ts';
import { checkComputed, checkRedirection, checkVariables } from './check-effects.ts';

/** More than a person writes, and little enough to be parsed in one slice. */
const MOST_CHARACTERS = 64 * 1024;

export const checkShell: Checker = function* (text, rules, report) {
  if (text.length > MOST_CHARACTERS)
    return report.unreadable(
      0,
      `is longer than ${MOST_CHARACTERS} characters, the most that is read of a shell text`,
    );
  const control = /[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\ufeff]/.exec(text);
  if (control !== null)
    return report.unreadable(control.index, 'a control character, which shells read differently');
  yield;
  const script: Script = { commands: [], functions: [], set: [], computed: [], redirections: [] };
  try {
    const parser = new ShellParser(text, script);
    while (parser.item()) yield;
    parser.end();
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    return report.unreadable(error.at, error.message);
  }
  yield;
  const called = new Set(script.functions.map(({ name }) => name));
  const unset = new Set(
    script.commands.flatMap(({ words }) =>
      staticText(behindBuiltin(words)[0] ?? NOTHING) === 'unset' ? words.map(staticText) : [],
    ),
  );
  const byName = new Map<string, FunctionDefinition[]>();
  for (const one of script.functions)
    if (one.certain && !unset.has(one.name))
      byName.set(one.name, [...(byName.get(one.name) ?? []).slice(0, 20), one]);
  const firstCall = script.commands
    .filter(
      // Named by any word: `trap` calls functions, too.
      ({ inFunction, words }) => !inFunction && words.some((word) => called.has(staticText(word) ?? '')),
    )
    .reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
  const all: ShellText = {
    source: text,
    script,
    rules,
    report,
    variables: new Variables(script),
    commands: new Set(rules.commands ?? []),
    mayWrite: compileGlobs(rules.writes ?? []),
    movesAround: script.commands.some(({ words }) =>
      /^(?:cd|pushd|popd)$/.test(staticText(behindBuiltin(words)[0] ?? NOTHING) ?? ''),
    ),
    isFunction: (name, { from, inFunction }) =>
      (byName.get(name) ?? []).some(
        // A function may call itself.
        (one) => one.to <= (inFunction ? firstCall : from) || (one.from <= from && from < one.to),
      ),
  };
  for (const [count, command] of script.commands.entries()) {
    if (count % 50 === 0) yield;
    if (report.full) return;
    checkCommand(all, command, command.words);
    checkVariables(all, command);
    for (const redirection of command.redirections) checkRedirection(all, redirection);
  }
  for (const redirection of script.redirections) checkRedirection(all, redirection);
  checkComputed(all);
};

const NOTHING = { from: 0, to: 0, parts: [{ kind: 'text', text: '', quoted: true, inert: false }] } as const;
