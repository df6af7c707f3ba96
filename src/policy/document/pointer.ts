/** JSON Pointers (RFC 6901): how every rule, problem and note says where it stands. */

/** `base` with one more member or element; `~` and `/` in names are escaped. */
export function pointerTo(base: string, ...steps: readonly (string | number)[]): string {
  let pointer = base;
  for (const step of steps) pointer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return pointer;
}

/** The pointer of what holds the thing at `pointer`; the whole document holds itself. */
export function parentPointer(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}
