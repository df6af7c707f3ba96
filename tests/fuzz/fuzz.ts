/**
 * The loop: inputs are made in batches from those that reached something first, and those of a batch that reach something
 * join them.
 */
import { startCoverage, type Coverage } from './coverage.ts';
import { minimise } from './minimise.ts';
import { mutate } from './mutate.ts';
import { seeded } from './random.ts';
import type { Target } from './target.ts';

export interface Finding {
  readonly input: Buffer;
  readonly message: string;
}

export interface FuzzResult {
  readonly runs: number;
  /** Characters of source that were reached. */
  readonly reached: number;
  /** Inputs that reached something first. */
  readonly kept: readonly Buffer[];
  readonly finding: Finding | undefined;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly forMs: number;
  readonly corpus: readonly Buffer[];
}

const BATCH = 500;
/** How often one block may run for each byte of input, and for each input whatever its size. */
const STEPS_PER_BYTE = 64;
const STEPS_PER_INPUT = 20_000;

/** So many inputs are tried on a slow machine, too. */
const LEAST_RUNS = 1000;

/** Fuzzes a target until the time is over or something is found; the finding is as small as it can be made. */
export async function fuzz(target: Target, { seed, forMs, corpus }: FuzzOptions): Promise<FuzzResult> {
  const random = seeded(seed);
  const coverage = await startCoverage(target.sources);
  const start = [...target.seeds.map((text) => Buffer.from(text)), ...corpus];
  const kept: Buffer[] = [];
  let runs = 0;
  const result = (finding?: Finding): FuzzResult => ({ runs, reached: coverage.reached, kept, finding });
  const until = performance.now() + forMs;
  try {
    let batch: readonly Buffer[] = start;
    do {
      const finding = runAll(target, batch);
      runs += batch.length;
      if (finding !== undefined) return result(finding);
      const slow = await sift(target, batch, coverage, kept);
      if (slow !== undefined) return result(slow);
      const pool = kept.length === 0 ? start : kept;
      batch = Array.from({ length: BATCH }, () => mutate(pool, target.tokens, random));
    } while (performance.now() < until || runs <= LEAST_RUNS);
    return result();
  } finally {
    coverage.stop();
  }
}

/**
 * Adds to `kept` the inputs of a batch that ran something new. Looking is what takes time, so a batch that has some is looked
 * at by halves. @returns the input that took too many steps, if one did
 */
async function sift(
  target: Target,
  batch: readonly Buffer[],
  coverage: Coverage,
  kept: Buffer[],
): Promise<Finding | undefined> {
  const { isNew, steps } = await coverage.take(batch.length === 1);
  const bytes = batch.reduce((sum, { length }) => sum + length, 0);
  const isSlow = steps > bytes * STEPS_PER_BYTE + STEPS_PER_INPUT * batch.length;
  if (!isNew && !isSlow) return undefined;
  const [only] = batch;
  if (batch.length === 1 && only !== undefined) {
    kept.push(only);
    return isSlow ? { input: only, message: `${only.length} bytes take ${steps} steps` } : undefined;
  }
  const middle = batch.length >> 1;
  for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
    for (const input of half) target.check(input);
    const slow = await sift(target, half, coverage, kept);
    if (slow !== undefined) return slow;
  }
  return undefined;
}

function runAll(target: Target, batch: readonly Buffer[]): Finding | undefined {
  for (const input of batch) {
    const message = found(target, input);
    if (message === undefined) continue;
    const kind = kindOf(message);
    const small = minimise(input, (candidate) => kindOf(found(target, candidate) ?? '') === kind);
    return { input: small, message: found(target, small) ?? message };
  }
  return undefined;
}

/** What the oracle says of an input, or undefined. */
export function found({ check }: Target, input: Buffer): string | undefined {
  try {
    check(input);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** Findings are alike when their sentences begin alike; the rest quotes the input. */
const kindOf = (message: string): string => message.slice(0, 40);
