/** The decision record: one for each request, whatever its end. */
import type { Call, Ending } from '../call.ts';
import type { Core } from '../core.ts';
import { decisionBody, deltas, entryIndex } from '../record.ts';
import { settle } from './settle.ts';

/** Records a message that goes no further. Resolves when the record is durable; rejects when it cannot be. */
export async function recordEnding(call: Call, core: Core, ending: Ending): Promise<void> {
  const part =
    ending.kind === 'verdict'
      ? {
          outcome: ending.verdict.outcome,
          rule: ending.verdict.rule,
          message: ending.verdict.message,
          dispatched: false as const,
        }
      : {
          outcome: 'error' as const,
          rule: ending.error.code,
          message: ending.error.message,
          dispatched: false as const,
        };
  await core.log.append(
    entryIndex(call, 'decision', part.outcome, part.rule, []),
    decisionBody(call, core, part),
  );
}

/**
 * Settles and records a call that was dispatched. Not awaited by the answer: its intent is durable already, and a record
 * that is lost is recovered from the intent as an unknown outcome.
 */
export function recordOutcome(call: Call, core: Core): void {
  const outcome = call.outcome;
  if (outcome === undefined) return;
  const givenBack = settle(call, outcome);
  const failed = outcome.error;
  const part = {
    outcome: failed === undefined ? ('allow' as const) : ('error' as const),
    rule: failed?.code ?? '',
    message: failed?.message ?? '',
    dispatched: outcome.ran === 'yes' ? true : outcome.ran === 'no' ? false : ('unknown' as const),
  };
  const index = entryIndex(call, 'decision', part.outcome, part.rule, deltas(givenBack, -1));
  core.log.append(index, decisionBody(call, core, part)).catch((error: unknown) => {
    core.logger.error(
      { call: call.id, error: String(error) },
      'the outcome of a call could not be recorded; its intent stands',
    );
  });
}
