/** How a policy fares against all patterns that fit a server's tools. */
import { compilePolicy, type PolicyDocument } from '../../policy/index.ts';
import type { AssessedTool } from '../recommend/recommend.ts';
import { play, type Played, type PlayOptions } from './play.ts';
import type { AttackPattern } from './types.ts';

export interface Coverage {
  /** Patterns that the tools can be used for. */
  readonly fits: number;
  readonly stopped: number;
  readonly limited: number;
  readonly gotThrough: number;
  /** Every pattern, in the order given. */
  readonly results: readonly Played[];
}

export function playAll(
  patterns: readonly AttackPattern[],
  policy: PolicyDocument,
  tools: readonly AssessedTool[],
  options: PlayOptions = {},
): Coverage {
  const compiled = compilePolicy(policy);
  return coverageOf(patterns.map((pattern) => play(pattern, compiled, tools, options)));
}

export function coverageOf(results: readonly Played[]): Coverage {
  const count = (wanted: Played['outcome']): number =>
    results.filter(({ outcome }) => outcome === wanted).length;
  return {
    fits: results.length - count('does not fit'),
    stopped: count('stopped'),
    limited: count('limited'),
    gotThrough: count('got through'),
    results,
  };
}
