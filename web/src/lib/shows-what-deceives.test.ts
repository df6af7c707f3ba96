import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';
import { harmless } from './harmless.ts';

describe('texts of others', () => {
  it('show by number what cannot be seen or turns the order around', () => {
    expect(harmless('a\u202Eb\u200Bc\u{E0041}d\u0007e\u00ADf')).toBe(
      'a⟨U+202E⟩b⟨U+200B⟩c⟨U+E0041⟩d⟨U+0007⟩e⟨U+00AD⟩f',
    );
  });

  it('keep letters of every script, line breaks and tabs', () => {
    const text = 'שלום مرحبا 你好\n\tnaïve 👋🏽';
    expect(harmless(text)).toBe(text);
  });

  it('are cut, and say how long they are', () => {
    expect(harmless('x'.repeat(5000), 10)).toBe('xxxxxxxxxx… (5,000 characters)');
  });

  it('cannot become formulas in a spreadsheet, or end a cell', () => {
    expect(csvLine(['=1+1', 'a"b', 'c\nd', -5, undefined])).toBe('\'=1+1,"a""b","c\nd",-5,\r\n');
  });
});
