import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { intersection, Positions, positionsIn } from './log/positions.ts';

const ascending = fc
  .uniqueArray(fc.oneof(fc.nat(1_500), fc.nat(300_000)))
  .map((all) => all.toSorted((a, b) => a - b));

it('positions come back as they were, however far apart, and without a character that no database keeps', () => {
  fc.assert(
    fc.property(ascending, (positions) => {
      const written = new Positions();
      for (const position of positions) {
        written.push(position);
        written.push(position);
      }
      expect(positionsIn(written.text)).toEqual(positions);
      expect(Buffer.from(written.text).toString()).toBe(written.text);
      expect(written.text).not.toContain('\0');
    }),
  );
});

it('what two lists share is what a set would say', () => {
  fc.assert(
    fc.property(ascending, ascending, (some, others) => {
      const set = new Set(others);
      expect(intersection(some, others)).toEqual(some.filter((position) => set.has(position)));
    }),
  );
});
