/**
 * Applies the configuration file at start and whenever it changes. A file that is wrong at start stops the program; one that
 * becomes wrong changes nothing and is complained about.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PortcullisError } from '../../errors.ts';
import type { Logger } from '../../gateway/index.ts';
import { confirm } from '../../registry/index.ts';
import type { Environment } from '../environment.ts';
import type { Installation } from '../installation.ts';
import { applyConfiguration, describePlan } from './apply.ts';
import { planConfiguration } from './plan.ts';
import { readConfiguration } from './read-configuration.ts';
import { watchConfiguration } from './watch-configuration.ts';

/** The configuration file of an installation; it need not exist unless PORTCULLIS_CONFIG names it. */
export function configurationPath({ config, home }: Pick<Environment, 'config' | 'home'>): string {
  return config ?? join(home, 'portcullis.yaml');
}

/** @throws PC_CONFIG_INVALID with every problem when the file is wrong at start, or missing although it was asked for */
export async function followConfiguration(
  environment: Environment,
  { registry }: Pick<Installation, 'registry'>,
  logger: Logger,
): Promise<{ close(): void }> {
  const path = configurationPath(environment);
  const apply = async (): Promise<void> => {
    const configuration = await readConfiguration(path, environment.variables);
    const plan = await planConfiguration(registry, configuration);
    for (const warning of plan.warnings) logger.warn({ path }, warning);
    const changes = describePlan(plan);
    if (changes.length === 0) return;
    const { confirmed } = await confirm(registry, () => applyConfiguration(registry, plan));
    logger.info({ path, changes, confirmed }, 'the configuration file was applied');
  };
  const watch = await watchConfiguration(path, async () => {
    if (!existsSync(path))
      return logger.warn({ path }, 'the configuration file is gone; what it said stays in force');
    await apply().catch((error: unknown) => {
      const problems = error instanceof PortcullisError ? error.problems : [];
      logger.error(
        { path, problems, error: String(error) },
        'the changed configuration was not applied; the one before it stays in force',
      );
    });
  });
  try {
    if (environment.config !== undefined || existsSync(path)) await apply();
  } catch (error) {
    watch.close();
    throw error;
  }
  return watch;
}
