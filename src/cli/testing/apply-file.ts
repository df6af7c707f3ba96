/** A configuration file, applied. */
import { applyConfiguration, describePlan } from '../configuration/apply.ts';
import { planConfiguration } from '../configuration/plan.ts';
import { readConfiguration } from '../configuration/read-configuration.ts';
import type { Installation } from '../installation.ts';
import type { Bench } from './run.ts';

/** @returns a line for each change, then the warnings */
export async function applyFile(
  bench: Bench,
  { registry }: Installation,
  configuration: object,
  variables: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const read = await readConfiguration(await bench.file('portcullis.yaml', configuration), variables);
  const plan = await planConfiguration(registry, read);
  await applyConfiguration(registry, plan);
  return [...describePlan(plan), ...plan.warnings];
}
