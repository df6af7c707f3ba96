/** The attack library (see `attacks/index.ts`), loaded when it is first asked for, so that it costs no time at start. */
export function loadAttacks(): Promise<typeof import('./attacks/index.ts')> {
  return import('./attacks/index.ts');
}
