import { describe, expect, it } from 'vitest';
import { parseStrict } from '../index.ts';
import { foldCase, isPlainLower } from '../../fold-case.ts';

/** Every character that any case mapping changes, except the two letters I that are folded further on purpose. */
const cased = (): string[] => {
  const characters: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    const changes = character.toUpperCase() !== character || character.toLowerCase() !== character;
    if (changes && character !== 'ı' && character !== 'İ') characters.push(character);
  }
  return characters;
};

describe('case folding', () => {
  it('is the simple case folding of Unicode, as the regular expressions of the language have it', () => {
    const characters = cased();
    expect(characters.length).toBeGreaterThan(2500);
    const all = characters.join('');
    for (const character of characters) {
      const alike = all.match(new RegExp(`[\\u{${character.codePointAt(0)!.toString(16)}}]`, 'giu'))!;
      for (const other of alike) {
        expect(foldCase(other), `${character} and ${other}`).toBe(foldCase(character));
      }
    }
  });

  it('brings nothing together that the regular expressions keep apart', () => {
    const groups = new Map<string, string[]>();
    for (const character of cased()) {
      const folded = foldCase(character);
      groups.set(folded, [...(groups.get(folded) ?? []), character]);
    }
    for (const [first, ...others] of groups.values())
      for (const other of others)
        expect(new RegExp(`^${first}$`, 'iu').test(other), `${first} ${other}`).toBe(true);
  });

  it('does not change names of plain lower-case ASCII, and knows them', () => {
    for (const name of ['name', 'a-b_c.d9', '']) {
      expect(isPlainLower(name)).toBe(true);
      expect(foldCase(name)).toBe(name);
    }
    for (const name of ['Name', 'é', 'K']) expect(isPlainLower(name)).toBe(false);
  });

  it.each([
    ['name', 'NAME'],
    ['is', 'iſ'],
    ['key', '\u212aey'],
    ['ß', 'ẞ'],
    ['id', 'ıd'],
    ['id', 'İD'],
    ['σ', 'ς'],
    ['𐐀', '𐐨'],
  ])('%s and %s collide in either order', (first, second) => {
    for (const [one, two] of [
      [first, second],
      [second, first],
    ])
      expect(() => parseStrict(Buffer.from(`{"${one}":1,"x":2,"${two}":3}`))).toThrow(
        expect.objectContaining({ code: 'PC_JSON_CASE_COLLISION' }),
      );
  });

  it.each([
    ['straße', 'strasse'],
    ['ﬁ', 'fi'],
    ['a', 'á'],
    ['ŉ', 'ʼn'],
  ])('%s and %s do not', (first, second) => {
    expect(parseStrict(Buffer.from(`{"${first}":1,"${second}":2}`)).value).toEqual({
      [first]: 1,
      [second]: 2,
    });
  });
});
