/** The loop in a process of its own: options as JSON in the first argument, the result as JSON on standard output. */
import { fuzz } from './fuzz.ts';
import type { LoopOptions, LoopResult } from './run-loop.ts';
import { stepByStep } from './step-by-step.ts';
import { TARGETS } from './targets/index.ts';

const { target: name, seed, forMs, corpus } = JSON.parse(process.argv[2] ?? '') as LoopOptions;
const target = [...TARGETS, stepByStep].find((one) => one.name === name);
if (target === undefined) throw new Error(`there is no target ${name}`);
const result = await fuzz(target, { seed, forMs, corpus: corpus.map((hex) => Buffer.from(hex, 'hex')) });
const { finding } = result;
const printed: LoopResult = {
  ...result,
  kept: result.kept.map((input) => input.toString('hex')),
  finding: finding && { ...finding, input: finding.input.toString('hex') },
};
process.stdout.write(JSON.stringify(printed));
