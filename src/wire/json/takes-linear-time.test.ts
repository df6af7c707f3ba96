import { describe, expect, it } from 'vitest';
import { ExactNumber } from '../../json.ts';
import { parseStrict, readMessage } from '../index.ts';

const MEBIBYTE = 1024 * 1024;

/** Generous for a slow machine, and far below what one more power of the length would cost. */
const within = (milliseconds: number, work: () => unknown): unknown => {
  const started = process.cpuUsage();
  let outcome: unknown;
  try {
    outcome = work();
  } catch (error) {
    outcome = error;
  }
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(milliseconds);
  return outcome;
};

describe('hostile bodies', () => {
  it.each(['[', '{"a":', '[[],', '{"a":[{"b":'])('10 MiB of %s are refused at the depth limit', (piece) => {
    const bytes = Buffer.from(piece.repeat((10 * MEBIBYTE) / piece.length));
    expect(within(1000, () => parseStrict(bytes))).toMatchObject({
      code: expect.stringMatching(/^PC_JSON_(?:DEPTH|SYNTAX)$/),
    });
  });

  it.each([
    ['zeros between digits', `1.${'0'.repeat(MEBIBYTE)}1`],
    ['leading zeros of a fraction', `0.${'0'.repeat(MEBIBYTE)}1`],
    ['an integer', '9'.repeat(MEBIBYTE)],
  ])('a number with a mebibyte of %s costs no more than reading it', (_, number) => {
    const read = within(1000, () => parseStrict(Buffer.from(`[${number}]`)).value) as readonly unknown[];
    expect(read[0]).toBeInstanceOf(ExactNumber);
    expect((read[0] as ExactNumber).text).toBe(number);
  });

  it('a number of many zeros that a double holds is a number', () => {
    expect(within(1000, () => parseStrict(Buffer.from(`1.${'0'.repeat(MEBIBYTE)}`)).value)).toBe(1);
  });

  it('arrays in a batch are refused before anything is read again', () => {
    const body = `${'['.repeat(60)}${JSON.stringify('x\n'.repeat(MEBIBYTE))}${']'.repeat(60)}`;
    expect(within(1000, () => readMessage(Buffer.from(body)))).toMatchObject({ code: 'PC_MESSAGE_INVALID' });
  });

  it.each(['\\"', '\\\\', '\\u0041'])('a string of escapes %s', (escape) => {
    const text = `"${escape.repeat(300_000)}"`;
    expect(within(1000, () => parseStrict(Buffer.from(text)).value)).toBe(JSON.parse(text));
  });

  it('a hundred thousand members, whatever their names are', () => {
    for (const name of ['m', 'M', 'é']) {
      const members = Array.from({ length: 100_000 }, (_, index) => `"${name}${index}":1`).join();
      const body = `{"jsonrpc":"2.0","id":1,"method":"x","params":{${members}}}`;
      expect(within(3000, () => readMessage(Buffer.from(body)))).toMatchObject({ kind: 'request' });
    }
  });
});
