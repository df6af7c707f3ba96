/**
 * Plays an attack against a policy, through the engine that the gateway uses. Pure: nothing is sent, the time is given, and the
 * counters are new each time. Where several tools fit, the attacker takes the one that serves best.
 */
import { assessTools } from '../recommend/assess-tools.ts';
import type { AssessedTool } from '../recommend/recommend.ts';
import { compilePolicy, type CompiledPolicy, type PolicyDocument } from '../../policy/index.ts';
import { playStep, type PlayedStep, type StepPlay } from './play-step.ts';
import type { AttackOutcome, AttackPattern } from './types.ts';

export interface Played {
  readonly slug: string;
  readonly title: string;
  readonly outcome: AttackOutcome | 'does not fit';
  /** The step that decided, counted from 0; absent when all got through, or when it does not fit. */
  readonly decidedBy?: number;
  /** Up to the first that was stopped. */
  readonly steps: readonly PlayedStep[];
}

export interface PlayOptions {
  /** Milliseconds since the epoch, UTC, at which all calls arrive. */
  readonly now?: number;
}

/** A Wednesday at noon. */
const USUAL_NOW = Date.UTC(2026, 0, 7, 12);

/**
 * The outcome of one pattern. An attack is a chain: it is stopped when one of its steps is, limited when one of them
 * got through less often than it was tried. A call that waits for a person is stopped.
 */
export function play(
  pattern: AttackPattern,
  policy: PolicyDocument | CompiledPolicy,
  tools: readonly AssessedTool[],
  { now = USUAL_NOW }: PlayOptions = {},
): Played {
  const compiled = 'plan' in policy ? policy : compilePolicy(policy);
  const { slug, title } = pattern;
  const hostile = assessTools(pattern.server?.tools ?? []);
  const plays: StepPlay[] = [];
  for (const step of pattern.steps) {
    const before = plays.flatMap(({ calls }) => calls);
    const done = playStep(step, { policy: compiled, tools, hostile, before, now });
    if (done === undefined) return { slug, title, outcome: 'does not fit', steps: [] };
    plays.push(done);
  }
  const steps = plays.map(({ played }) => played);
  const stopped = steps.findIndex(({ outcome }) => outcome === 'stopped');
  if (stopped >= 0)
    return { slug, title, outcome: 'stopped', decidedBy: stopped, steps: steps.slice(0, stopped + 1) };
  const limited = steps.findIndex(({ outcome }) => outcome === 'limited');
  if (limited >= 0) return { slug, title, outcome: 'limited', decidedBy: limited, steps };
  return { slug, title, outcome: steps.length === 0 ? 'does not fit' : 'got through', steps };
}
