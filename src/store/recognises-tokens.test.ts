import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from './new-id.ts';
import { hashToken, isWellFormedToken, newToken } from './tokens.ts';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('a token', () => {
  it('has its prefix, 43 characters for 256 random bits, and a checksum', () => {
    fc.assert(
      fc.property(fc.constantFrom('pcg' as const, 'pca' as const), bytes, (prefix, random) => {
        const token = newToken(prefix, () => random);
        expect(token).toMatch(new RegExp(`^${prefix}_[0-9A-Za-z]{49}$`));
        expect(isWellFormedToken(token)).toBe(true);
      }),
    );
    expect(newToken('pcg', () => new Uint8Array(32))).toMatch(/^pcg_0{43}/);
    expect(newToken('pcg')).not.toBe(newToken('pcg'));
  });

  it('is another one for other random bytes', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const same = Buffer.from(a).equals(b);
        expect(newToken('pcg', () => a) === newToken('pcg', () => b)).toBe(same);
      }),
    );
  });

  it('is not well formed with one character altered, cut off or added', () => {
    fc.assert(
      fc.property(bytes, fc.nat(52), fc.constantFrom(...'0Az_-\n'), (random, at, character) => {
        const token = newToken('pcg', () => random);
        fc.pre(token[at] !== character);
        expect(isWellFormedToken(token.slice(0, at) + character + token.slice(at + 1))).toBe(false);
        expect(isWellFormedToken(token.slice(0, at) + token.slice(at + 1))).toBe(false);
        expect(isWellFormedToken(token + character)).toBe(false);
      }),
    );
    expect(isWellFormedToken(newToken('pcg').replace('pcg', 'pca'))).toBe(false);
    expect(isWellFormedToken('')).toBe(false);
  });

  it('is stored as its SHA-256', () => {
    expect(hashToken('pcg_ä')).toBe(createHash('sha256').update('pcg_ä').digest('base64url'));
  });
});

describe('an id', () => {
  it('is a UUID of version 7 that carries its time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
        const id = newId(now);
        expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
        expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now);
      }),
    );
    expect(newId(5, Buffer.alloc(10, 0xff), 0)).toBe('00000000-0005-7fff-bfff-ffffffffffff');
    expect(newId(5, Buffer.alloc(10), 0)).toBe('00000000-0005-7000-8000-000000000000');
  });
});
