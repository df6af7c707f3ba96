import { globMatcher } from '../../glob.ts';

/** A test for paths that may be written: a folder and what lies in it, a file, a pattern. Climbing paths never. */
export function compileGlobs(writes: readonly string[]): (path: string) => boolean {
  const tests = writes.map((write) => {
    const plain = write.replace(/^\.\//, '').replace(/(?!^)\/+$/, '');
    if (plain.includes('*')) return globMatcher(plain);
    const folder = plain === '/' ? '/' : `${plain}/`;
    return (path: string): boolean =>
      path === plain || path.startsWith(folder) || (plain === '.' && !path.startsWith('/'));
  });
  return (path) => {
    const plain = path
      .replace(/\/{2,}/g, '/')
      .replace(/^(?:\.\/)+/, '')
      .replaceAll('/./', '/');
    if (plain === '' || plain.split('/').includes('..') || plain.startsWith('~')) return false;
    return tests.some((test) => test(plain));
  };
}
