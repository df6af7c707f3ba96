/**
 * Starts the loop in a small process: looking at coverage takes as long as there is code, and an input that never comes back
 * must be found, too. The sources are built file by file, so that coverage can tell them apart.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT, runToEnd } from '../kit/index.ts';

export interface LoopOptions {
  readonly target: string;
  readonly seed: number;
  readonly forMs: number;
  /** Inputs as hex. */
  readonly corpus: readonly string[];
}

/** As `FuzzResult`, inputs as hex. */
export interface LoopResult {
  readonly runs: number;
  readonly reached: number;
  readonly kept: readonly string[];
  readonly finding: { readonly input: string; readonly message: string } | undefined;
}

/** Builds the loop. @returns the path of the file that `runLoop` starts */
export async function buildLoop(): Promise<string> {
  // Inside node_modules, so that the libraries of the sources are found from there.
  const outDir = join(ROOT, 'node_modules', '.cache', `portcullis-fuzz-${process.pid}`);
  mkdirSync(outDir, { recursive: true });
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(ROOT, 'tests/fuzz/loop-main.ts'),
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: { output: { preserveModules: true, entryFileNames: '[name].mjs' } },
    },
  });
  return join(outDir, 'tests/fuzz/loop-main.mjs');
}

/** @throws Error when the loop does not end, or ends otherwise than with a result */
export async function runLoop(file: string, options: LoopOptions): Promise<LoopResult> {
  const timeoutMs = options.forMs + 60_000;
  const { code, stdout, stderr } = await runToEnd(file, [JSON.stringify(options)], { timeoutMs });
  if (code !== 0)
    throw new Error(`the loop over ${options.target} (seed ${options.seed}) broke off\n${stderr}`);
  return JSON.parse(stdout) as LoopResult;
}
