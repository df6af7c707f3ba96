/** The attack library: patterns by theme. */
import * as authority from './patterns/authority.ts';
import * as databases from './patterns/databases-and-repositories.ts';
import * as definitions from './patterns/definitions.ts';
import * as egress from './patterns/egress.ts';
import * as execution from './patterns/execution.ts';
import * as files from './patterns/files.ts';
import * as identity from './patterns/identity.ts';
import * as results from './patterns/results.ts';
import * as volume from './patterns/volume.ts';
import type { AttackPattern } from './types.ts';

export { coverageOf, playAll, type Coverage } from './coverage.ts';
export { play, type Played, type PlayOptions } from './play.ts';
export type { PlayedStep } from './play-step.ts';
export type { AttackPattern } from './types.ts';

/** In the order in which they are shown. */
export const ATTACKS: readonly AttackPattern[] = [
  definitions,
  results,
  authority,
  identity,
  egress,
  execution,
  databases,
  files,
  volume,
].flatMap((group) => Object.values<AttackPattern>(group));
