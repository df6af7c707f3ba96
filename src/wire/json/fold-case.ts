/**
 * Two member names collide when a case-insensitive JSON reader (Go's encoding/json, C#'s web defaults) takes one for the
 * other. Upper then lower case catches the odd ones too: the long s and the Kelvin sign.
 */
export function foldCase(name: string): string {
  return name.toUpperCase().toLowerCase();
}

/** Whether a name can fold to another name at all: plain lower-case ASCII only collides with names that have other letters. */
export function isPlainLower(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    if (code > 0x7e || (code >= 0x41 && code <= 0x5a)) return false;
  }
  return true;
}
