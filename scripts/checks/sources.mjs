/** The files of the tree and what the TypeScript ones import. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSync } from 'vite';
import { ROOT } from '../run/folders.mjs';

/** Files that belong to the project, by path from its root: what git tracks or would track, else (no git) all but ignored folders. */
export function projectFiles() {
  if (existsSync(join(ROOT, '.git'))) {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    return listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
  }
  return readdirSync(ROOT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(
      (path) => !/(^|\/)(node_modules|dist|coverage)\//.test(path) && !path.startsWith('tests/results/'),
    );
}

export const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** Tests, and what a room keeps for its tests in a folder `testing`. */
export const isTest = (path) => path.endsWith('.test.ts') || path.includes('/testing/');

/** Every TypeScript file of src with its imports, parsed. */
export function sourceImports() {
  return projectFiles()
    .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
    .map((path) => ({ path, imports: importsOf(path, read(path)) }));
}

/**
 * @returns {{ from: string, names: string[], typeOnly: boolean, line: number }[]} `from` is a path from the root for
 * relative specifiers, else the package name; `names` are the imported names ("*" for all)
 */
export function importsOf(path, text) {
  const { program, errors, module } = parseSync(path, text, { lang: 'ts' });
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0].message}`);
  const found = [];
  const add = (node, source, names, typeOnly) =>
    found.push({
      from: resolve(path, source),
      names,
      typeOnly,
      line: text.slice(0, node.start).split('\n').length,
    });
  for (const node of program.body) {
    if (node.source === undefined || node.source === null) continue;
    const specifiers = node.specifiers ?? [];
    const named = specifiers.map((one) => ({
      name:
        one.imported?.name ??
        one.imported?.value ??
        (node.type === 'ExportNamedDeclaration' ? (one.local.name ?? one.local.value) : '*'),
      type: (one.importKind ?? one.exportKind) === 'type',
    }));
    const whole = (node.importKind ?? node.exportKind) === 'type';
    const names = specifiers.length === 0 ? ['*'] : named.map(({ name }) => name);
    add(node, node.source.value, names, whole || (named.length > 0 && named.every(({ type }) => type)));
  }
  for (const dynamic of module.dynamicImports) {
    const literal = /^['"`]([^'"`$]*)['"`]$/.exec(
      text.slice(dynamic.moduleRequest.start, dynamic.moduleRequest.end),
    );
    add(dynamic, literal?.[1] ?? '(computed)', ['*'], false);
  }
  return found;
}

function resolve(path, source) {
  return source.startsWith('.') ? posix.normalize(posix.join(dirname(path), source)) : source;
}
