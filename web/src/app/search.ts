/** Query parameters that are texts; others are dropped. */
export function textSearch<Name extends string>(
  ...names: readonly Name[]
): (given: Record<string, unknown>) => { readonly [Key in Name]?: string } {
  return (given) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = given[name];
        return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
      }),
    ) as { readonly [Key in Name]?: string };
}
