/** A log of two chains to tamper with, for the tests of verification. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDecisionLog } from './decision-log.ts';
import { exportLines } from './export-lines.ts';
import type { ExportFilter } from './export-lines.ts';
import { entryOf, MemoryEntries, optionsFor, SIGNING_KEY, steppedClock } from './samples.ts';

export const SIGNER = { signingKey: SIGNING_KEY, clock: steppedClock() };

/** node-1 with 32 decisions (seq 1, 22 and 35 are checkpoints), node-2 with 4 (seq 1 and 6). */
export async function logOfTwoChains(): Promise<MemoryEntries> {
  const store = new MemoryEntries();
  const directory = await mkdtemp(join(tmpdir(), 'portcullis-tamper-'));
  for (const [chain, count] of [
    ['node-1', 32],
    ['node-2', 4],
  ] as const) {
    const log = await openDecisionLog(
      optionsFor(join(directory, chain), store, { chain, limits: { checkpointEntries: 20 } }),
    );
    for (let i = 0; i < count; i++) {
      const change = { grant: i % 2 === 0 ? 'even' : 'odd', at: Date.UTC(2026, 0, 1) + i * 1_000 };
      const { index, body } = entryOf('decision', `${chain}-call-${i}`, change);
      await log.append(index, body);
    }
    await log.close();
  }
  await rm(directory, { recursive: true });
  return store;
}

export async function exported(
  store: MemoryEntries,
  filter: ExportFilter = {},
  signer = SIGNER,
): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLines(store, filter, signer)) lines.push(line);
  return lines;
}
