/**
 * Two member names collide when a case-insensitive JSON reader takes one for the other: Go's encoding/json and C#'s web
 * defaults fold by Unicode simple case folding, Java's equalsIgnoreCase also takes the dotless and the dotted I for an i.
 */
export function foldCase(name: string): string {
  if (isAsciiName(name)) return name.toLowerCase();
  let folded = '';
  for (const character of name) folded += foldCharacter(character);
  return folded;
}

/** Whether a name folds to itself: plain lower-case ASCII collides only with names that have other letters. */
export function isPlainLower(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    if (code > 0x7e || (code >= 0x41 && code <= 0x5a)) return false;
  }
  return true;
}

/** What upper and lower case cannot tell: the dotted I, and pairs whose upper case is more than one character. */
const ODD = new Map([
  ['İ', 'i'],
  ['\u1fd3', '\u0390'],
  ['\u1fe3', '\u03b0'],
  ['\ufb05', '\ufb06'],
]);

/** Upper then lower case brings a letter and its odd relatives together; mappings that change the length are not simple ones. */
function foldCharacter(character: string): string {
  const odd = ODD.get(character);
  if (odd !== undefined) return odd;
  const upper = character.toUpperCase();
  const lower = (isOneCharacter(upper) ? upper : character).toLowerCase();
  return isOneCharacter(lower) ? lower : character;
}

function isOneCharacter(text: string): boolean {
  return text.length === (text.codePointAt(0)! > 0xffff ? 2 : 1);
}

function isAsciiName(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) if (name.charCodeAt(index) > 0x7e) return false;
  return true;
}
