import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PortcullisError } from '../errors.ts';
import { slugOf } from './slug.ts';

it.each([
  ['orgo', 'orgo'],
  ['Orgo MCP', 'orgo-mcp'],
  ['Café Ünïon', 'cafe-union'],
  ['--a__b--', 'a-b'],
  ['@scope/server.name', 'scope-server-name'],
  ['x'.repeat(70), 'x'.repeat(63)],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

it('makes a path segment of 1 to 63 characters, or refuses', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (name) => {
      try {
        expect(slugOf(name)).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
      } catch (error) {
        expect(error).toBeInstanceOf(PortcullisError);
      }
    }),
  );
});
