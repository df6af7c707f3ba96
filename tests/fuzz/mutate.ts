/** A new input from old ones. */
import type { Random } from './random.ts';

export const MOST_BYTES = 4096;

type Mutation = (input: Buffer, random: Random, tokens: readonly string[], other: Buffer) => Buffer;

const splice = (input: Buffer, at: number, cut: number, put: Buffer): Buffer =>
  Buffer.concat([input.subarray(0, at), put, input.subarray(at + cut)]);

const MUTATIONS: readonly Mutation[] = [
  (input, random) => {
    const copy = Buffer.from(input);
    if (copy.length > 0) copy[random(copy.length)]! ^= 1 << random(8);
    return copy;
  },
  (input, random) => splice(input, random(input.length + 1), 0, Buffer.of(random(256))),
  (input, random) => splice(input, random(input.length + 1), 1 + random(16), Buffer.alloc(0)),
  (input, random, tokens) => splice(input, random(input.length + 1), 0, pick(tokens, random)),
  (input, random, tokens) => splice(input, random(input.length + 1), random(8), pick(tokens, random)),
  // A piece once more: duplicate names, deeper nesting.
  (input, random) => {
    const from = random(input.length + 1);
    return splice(input, random(input.length + 1), 0, input.subarray(from, from + 1 + random(64)));
  },
  (input, random) => {
    const from = random(input.length + 1);
    const piece = input.subarray(from, from + 1 + random(8));
    return splice(input, from, 0, Buffer.concat(Array.from({ length: 2 + random(40) }, () => piece)));
  },
  (input, random, _, other) => {
    const from = random(other.length + 1);
    return splice(input, random(input.length + 1), random(32), other.subarray(from, from + random(128)));
  },
];

const pick = (tokens: readonly string[], random: Random): Buffer =>
  Buffer.from(tokens[random(tokens.length)] ?? '');

/** One to four mutations. */
export function mutate(corpus: readonly Buffer[], tokens: readonly string[], random: Random): Buffer {
  const any = (): Buffer => corpus[random(corpus.length)] ?? Buffer.alloc(0);
  let input = any();
  for (let count = 1 + random(4); count > 0; count--)
    input = MUTATIONS[random(MUTATIONS.length)]!(input, random, tokens, any());
  return input.subarray(0, MOST_BYTES);
}
