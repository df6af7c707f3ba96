import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';
import { described } from './tool/description.ts';
import { serverNoun } from './words/server-name.ts';

describe('a text of others', () => {
  it.each([
    ['  one\n\ttwo   three ', 40, 'one two three'],
    ['left\u202eright\u200b\u2066x\u2069', 40, 'leftrightx'],
    ['flag\u{e0041}\u{e0042} \ud800half \udc00', 40, 'flag half'],
    ['Z\u0300\u0301\u0302\u0303\u0304\u0305o', 40, 'Z\u0300\u0301\u0302o'],
    ['a sentence that is too long', 16, 'a sentence that…'],
    ['unbreakablewordthatistoolong', 10, 'unbreakab…'],
    ['漢字', 40, '漢字'],
  ])('%j at most %i is %j', (text, most, shown) => {
    expect(cleanText(text, most)).toBe(shown);
  });

  it('is never longer than asked, and never holds what cannot be seen', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.integer({ min: 2, max: 200 }),
        (text, most) => {
          const shown = cleanText(text, most);
          expect(shown.length).toBeLessThanOrEqual(most);
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\n]/u);
        },
      ),
    );
  });
});

describe('a description', () => {
  it('leads with its first whole sentence, dashes and backticks included', () => {
    const { lead, paragraphs } = described(
      'run',
      'Runs a program — see `shell` for commands. Returns text.\n\nMore here.',
    );
    expect(lead).toBe('Runs a program — see `shell` for commands.');
    expect(paragraphs).toEqual(['Runs a program — see `shell` for commands. Returns text.', 'More here.']);
  });

  it.each([
    ['execute_code', 'Execute code', 'says nothing'],
    ['execute_code', '\u200b', 'says nothing'],
    ['execute_code', null, 'no'],
    ['execute_code', 'Runs code.', 'yes'],
  ])('%s: %j, known: %s', (name, description, known) => {
    expect(described(name, description).known).toBe(known);
  });
});

it.each([
  ['Orgo MCP Server', 'Orgo MCP Server'],
  ['CodeForge MCP', 'CodeForge MCP server'],
  ['Corner Shop', 'Corner Shop MCP server'],
  ['Mail Server', 'Mail Server'],
  ['\u200b', 'slug MCP server'],
])('%j is called %j in a sentence', (title, noun) => {
  expect(serverNoun({ title, slug: 'slug' })).toBe(noun);
});
