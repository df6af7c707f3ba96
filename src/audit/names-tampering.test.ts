import { beforeAll, describe, expect, it } from 'vitest';
import { ChainWriter } from './chain-writer.ts';
import type { SigningKey } from './checkpoint.ts';
import { bodyOf, indexOf, openLine, readLine } from './line.ts';
import type { MemoryEntries } from './samples.ts';
import { entryOf, newSigningKey, ORGANIZATION, SIGNING_KEY, steppedClock } from './samples.ts';
import { exported, logOfTwoChains } from './tampered-log.sample.ts';
import { verifyLines } from './verify-lines.ts';

const publicKey = SIGNING_KEY.publicKeyPem;
let store: MemoryEntries;
beforeAll(async () => {
  store = await logOfTwoChains();
});

/** Claims to be the true key. */
const IMPOSTOR = { ...newSigningKey(), publicKeyPem: SIGNING_KEY.publicKeyPem };

/** Writes the line of seq again with another body, and everything after it, as someone without the key would. */
function forgeFrom(lines: readonly string[], seq: number, key: SigningKey | 'old checkpoints'): string[] {
  const before = lines.slice(0, seq - 1);
  const last = readLine(before.at(-1) ?? '');
  const draft = new ChainWriter(
    {
      chain: 'node-1',
      organization: ORGANIZATION,
      signingKey: key === 'old checkpoints' ? SIGNING_KEY : key,
      clock: steppedClock(),
    },
    { seq: seq - 1, hash: last?.hash ?? '' },
  ).draft();
  for (const line of lines.slice(seq - 1)) {
    if (readLine(line)?.kind === 'checkpoint' && key !== 'old checkpoints') draft.addCheckpoint();
    else if (readLine(line)?.kind === 'checkpoint')
      draft.add(indexOf('checkpoint', line), openLine(indexOf('checkpoint', line), bodyOf(line)));
    else {
      const { index, body } = entryOf('decision', 'forged');
      draft.add(index, openLine(index, body));
    }
  }
  return [...before, ...draft.read().map(({ line }) => line)];
}

const swap = (lines: string[], a: number, b: number): string[] =>
  lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '');

describe('a changed line is named', () => {
  it.each([
    [
      'altered',
      (lines: string[]) => lines.with(11, (lines[11] ?? '').replace('"send"', '"read"')),
      { kind: 'altered', line: 12, seq: 12 },
    ],
    [
      'altered in its position',
      (lines: string[]) => lines.with(11, (lines[11] ?? '').replace('"seq":12', '"seq":13')),
      { kind: 'altered', line: 12, seq: 13 },
    ],
    [
      'altered in its hash',
      (lines: string[]) => lines.with(11, (lines[11] ?? '').replace(/"hash":"./, '"hash":"g')),
      { kind: 'malformed', line: 12 },
    ],
    ['no entry at all', (lines: string[]) => lines.with(11, '{}'), { kind: 'malformed', line: 12 }],
    [
      'removed',
      (lines: string[]) => lines.toSpliced(11, 1),
      { kind: 'gap', line: 12, seq: 12, message: 'chain node-1: after seq 11 comes 13' },
    ],
    [
      'removed at the start',
      (lines: string[]) => lines.slice(3),
      { kind: 'gap', line: 1, seq: 1, message: 'chain node-1: begins at seq 4: seq 1 to 3 are missing' },
    ],
    [
      'swapped with the next',
      (lines: string[]) => swap(lines, 11, 12),
      {
        kind: 'reordered',
        line: 12,
        seq: 13,
        message: 'chain node-1: line 12 (seq 13) stands before line 13 (seq 12)',
      },
    ],
    [
      'moved far',
      (lines: string[]) => lines.toSpliced(4, 1).toSpliced(20, 0, lines[4] ?? ''),
      { kind: 'reordered', line: 5, seq: 6 },
    ],
    [
      'duplicated',
      (lines: string[]) => lines.toSpliced(12, 0, lines[11] ?? ''),
      { kind: 'duplicate', line: 13, seq: 12, message: 'chain node-1: seq 12 stands again in line 13' },
    ],
    [
      'repeated later',
      (lines: string[]) => lines.toSpliced(20, 0, lines[11] ?? ''),
      { kind: 'duplicate', line: 21, seq: 12 },
    ],
    [
      'replaced with its own hash',
      (lines: string[]) => lines.with(11, forgeFrom(lines.slice(0, 12), 12, SIGNING_KEY)[11] ?? ''),
      {
        kind: 'prev',
        line: 13,
        seq: 13,
        message: 'chain node-1: line 13 (seq 13) does not continue seq 12: one of them was replaced',
      },
    ],
    [
      'replaced with all after it',
      (lines: string[]) => forgeFrom(lines, 15, newSigningKey('thief')),
      {
        kind: 'signature',
        line: 22,
        seq: 22,
        message: 'chain node-1: the checkpoint in line 22 (seq 22) is signed by another key (thief)',
      },
    ],
    [
      'replaced with all after it, in the name of the true key',
      (lines: string[]) => forgeFrom(lines, 15, IMPOSTOR),
      {
        kind: 'signature',
        line: 22,
        message: 'chain node-1: the checkpoint in line 22 (seq 22) has a bad signature',
      },
    ],
    [
      'replaced with all but the checkpoints after it',
      (lines: string[]) => forgeFrom(lines, 15, 'old checkpoints'),
      { kind: 'signature', line: 22, message: expect.stringContaining('vouches for something else') },
    ],
  ] as const)('when %s', async (_, tamper, problem) => {
    const copy = await exported(store, { chain: 'node-1' });
    const closing = copy.slice(-1);
    expect(await verifyLines([...tamper(copy.slice(0, -1)), ...closing], { publicKey })).toMatchObject({
      ok: false,
      problem,
    });
    // The same in a database.
    const head = { chain: 'node-1', seq: 35, hash: readLine(copy[34] ?? '')?.hash ?? '' };
    expect(await verifyLines(tamper(copy.slice(0, -1)), { publicKey, head })).toMatchObject({
      ok: false,
      problem,
    });
  });
});
