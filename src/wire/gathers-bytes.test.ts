import { expect, it } from 'vitest';
import { GatheredBytes } from './gathered-bytes.ts';

it.each([
  ['tiny ones', Array<number>(40_000).fill(1)],
  ['large ones', [5000, 70_000, 4096]],
  ['tiny ones between large ones', [70_000, 1, 2, 5000, 3, 4095, 4095, 4095, 4095, 4095, 1, 4096, 0, 7]],
  ['none', []],
])('gives pieces back in order: %s', (_, sizes) => {
  const gathered = new GatheredBytes();
  const pieces = sizes.map((size, index) => Buffer.alloc(size, index));
  for (const piece of pieces) gathered.add(piece);
  const whole = Buffer.concat(pieces);
  expect(gathered.length).toBe(whole.length);
  expect(gathered.bytes().equals(whole)).toBe(true);
  gathered.clear();
  gathered.add(Buffer.from('anew'));
  gathered.add(Buffer.from('!'));
  expect(gathered.bytes().toString()).toBe('anew!');
});

it('hands on a single piece without copying it', () => {
  const gathered = new GatheredBytes();
  const piece = Buffer.from('whole');
  gathered.add(piece);
  expect(gathered.bytes()).toBe(piece);
});

it('keeps no object for each piece, however small the pieces are', () => {
  const taken = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const count = 4 * 1024 * 1024;
  const gathered = new GatheredBytes();
  const before = taken();
  for (let index = 0; index < count; index++) gathered.add(Buffer.from([index & 0xff]));
  expect(gathered.length).toBe(count);
  expect(taken() - before).toBeLessThan(25 * count);
});
