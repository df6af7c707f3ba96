import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesAt, packLines, unpackLines } from './packed-lines.ts';

const line = (place: number): string => `{"seq":${place},"text":"${'said before '.repeat(place % 30)}✓"}`;
const textOf = (lines: readonly string[]): Buffer => Buffer.from(lines.map((one) => `${one}\n`).join(''));

it('gives back all lines, and single ones at their places', () => {
  fc.assert(
    fc.property(fc.nat(1_100), fc.array(fc.nat(1_200), { maxLength: 9 }), (count, places) => {
      const lines = Array.from({ length: count }, (_, place) => line(place));
      const packed = packLines(textOf(lines));
      expect(unpackLines(packed).equals(textOf(lines))).toBe(true);
      const found = linesAt(packed, new Set(places));
      const expected = [...new Set(places)].filter((place) => place < count);
      expect(Object.keys(found).map(Number).toSorted()).toEqual(expected.toSorted());
      for (const place of expected) expect(found[place]).toBe(lines[place]);
    }),
    { numRuns: 30 },
  );
});

it('unpacks no other part: what is damaged elsewhere does not matter', () => {
  const lines = Array.from({ length: 1_000 }, (_, place) => line(place));
  const packed = packLines(textOf(lines));
  packed.fill(0xff, packed.length - 200);
  expect(linesAt(packed, new Set([3]))[3]).toBe(lines[3]);
  expect(linesAt(packed, new Set([999]))).toEqual([]);
  expect(unpackLines(packed).length).toBeLessThan(textOf(lines).length);
});

it('takes what it cannot read for no lines', () => {
  const packed = packLines(textOf(Array.from({ length: 300 }, (_, place) => line(place))));
  for (const length of [1, 3, 5, 9, 40]) expect(() => unpackLines(packed.subarray(0, length))).not.toThrow();
  expect(unpackLines(Buffer.of(0x02, 0xff, 0xff, 0xff, 0xff))).toEqual(Buffer.alloc(0));
  expect(linesAt(Buffer.of(0x01, 0x07), new Set([0]))).toEqual([]);
});

it('reads blocks of earlier versions', () => {
  const text = textOf([line(1), line(2)]);
  expect(unpackLines(text)).toEqual(text);
  expect(linesAt(text, new Set([1]))[1]).toBe(line(2));
});
