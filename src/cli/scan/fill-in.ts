/** Fills the placeholders of a configuration, as its client would. */
import type { ServerTarget } from '../../catalog/index.ts';
import type { Machine } from './known-files.ts';

const PLACEHOLDER = /\$\{([^}]{1,200})\}/g;

/** @returns the names that only the client or nobody can fill in, when there are any */
export function fillIn(target: ServerTarget, machine: Machine): ServerTarget | readonly string[] {
  const missing = new Set<string>();
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (whole, name: string) => {
      const value = valueOf(name, machine);
      if (value === undefined) missing.add(whole);
      return value ?? whole;
    });
  const all = (values: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(value)]));
  const filled: ServerTarget =
    target.transport === 'stdio'
      ? {
          transport: 'stdio',
          command: target.command.map(fill),
          env: all(target.env),
          ...(target.cwd !== undefined && { cwd: fill(target.cwd) }),
        }
      : { transport: target.transport, url: fill(target.url), headers: all(target.headers) };
  return missing.size > 0 ? [...missing] : filled;
}

function valueOf(name: string, { variables, home, cwd, platform }: Machine): string | undefined {
  if (name === 'userHome') return home;
  if (name === 'workspaceFolder') return cwd;
  if (name === 'workspaceFolderBasename') return cwd.split(/[/\\]/).at(-1);
  if (name === 'pathSeparator' || name === '/') return platform === 'win32' ? '\\' : '/';
  const [, variable, , otherwise] = /^(?:env:)?(\w+)(:-(.*))?$/s.exec(name) ?? [];
  return variable === undefined ? undefined : (variables[variable] ?? otherwise);
}
