/**
 * What is asked of a call that was made before and whose answer was lost: it may have taken effect, so a person says whether it
 * is made again. Reading changes nothing, and of some tools repeating is known to change nothing more.
 */
import type { EarlierCall, ToolFacts } from './types.ts';

export const UNKNOWN_OUTCOME = '(unknown outcome)';

/** Whether a repeat of a call may do what the first one has done already. */
export function mayActTwice(tool: ToolFacts): boolean {
  return tool.class !== 'Read' && tool.idempotent !== true;
}

/** For the agent, and for whoever is asked. */
export function lostAnswerMessage({ id, at }: EarlierCall): string {
  return `An identical call (decision ${id}, ${new Date(at).toISOString()}) was sent and its answer was lost: it may have taken effect. Look first, with a tool that reads, whether it has; making it again needs the approval of a person.`;
}
