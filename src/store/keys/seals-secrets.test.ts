import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const [KEY, OTHER] = [randomBytes(32), randomBytes(32)];
const PLACE = { table: 'grants', id: 'g-1' };
const refused = expect.objectContaining({ code: 'PC_MASTER_KEY' });

describe('a sealed secret', () => {
  it('opens where it was sealed, whatever the text', () => {
    const box = createSecretBox(KEY);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (plain) => {
        const sealed = box.seal(plain, PLACE);
        expect(sealed).toMatch(/^v1\.[\w-]{11}\.[\w-]+\.[\w-]+$/);
        expect(box.open(sealed, PLACE)).toBe(plain);
      }),
    );
  });

  it('differs each time, and does not show the text', () => {
    const box = createSecretBox(KEY);
    const [a, b] = [box.seal('pcg_secret', PLACE), box.seal('pcg_secret', PLACE)];
    expect(a).not.toBe(b);
    expect(Buffer.from(a.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('secret');
  });

  it('does not open in another row or table, or with another key', () => {
    const box = createSecretBox(KEY);
    const sealed = box.seal('x', PLACE);
    for (const place of [
      { ...PLACE, id: 'g-2' },
      { ...PLACE, table: 'servers' },
      { table: 'grants","g', id: '-1' },
    ])
      expect(() => box.open(sealed, place)).toThrow(refused);
    expect(() => createSecretBox(OTHER).open(sealed, PLACE)).toThrow(refused);
  });

  it('does not open with the value of another row under its own data key', () => {
    const box = createSecretBox(KEY);
    const [mine, theirs] = [
      box.seal('a', PLACE).split('.'),
      box.seal('b', { ...PLACE, id: 'g-2' }).split('.'),
    ];
    const mixed = [mine[0], mine[1], mine[2], theirs[3]].join('.');
    expect(() => box.open(mixed, PLACE)).toThrow(refused);
  });

  it('does not open when any character was altered, or parts are missing', () => {
    const box = createSecretBox(KEY);
    const sealed = box.seal('some secret', PLACE);
    for (let at = 0; at < sealed.length; at++) {
      // The last character of a part may hold unused bits: then another one stands for the same bytes.
      if (sealed[at] === '.' || sealed[at + 1] === '.' || at === sealed.length - 1) continue;
      const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => box.open(altered, PLACE)).toThrow(refused);
    }
    for (const text of [
      '',
      'v1',
      'v1...',
      sealed.split('.').slice(0, 3).join('.'),
      `${sealed}.x`,
      sealed.slice(0, -8),
    ])
      expect(() => box.open(text, PLACE)).toThrow(refused);
  });

  it('opens after the master key was replaced, while the old one is known', () => {
    const sealed = createSecretBox(KEY).seal('x', PLACE);
    const box = createSecretBox(OTHER, [KEY]);
    expect(box.open(sealed, PLACE)).toBe('x');
    expect(box.seal('x', PLACE).split('.')[1]).not.toBe(sealed.split('.')[1]);
  });

  it('is never sealed with a key of another length', () => {
    expect(() => createSecretBox(randomBytes(16))).toThrow(RangeError);
  });
});
