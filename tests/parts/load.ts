/** Imports a package of tests/parts, which the root's node_modules does not have. */
export async function load<T>(specifier: string): Promise<T> {
  return (await import(/* @vite-ignore */ specifier)) as T;
}
