/** The decision record: one for each request, whatever its end. */
import type { PortcullisError } from '../../errors.ts';
import type { Call, Ending } from '../call.ts';
import type { Core } from '../core.ts';
import { decisionEntry, deltas, type DecisionPart } from '../record.ts';
import { closeApproval } from './close-approval.ts';
import { settle } from './settle.ts';

/** Records a message that goes no further. Calls back once: undefined when the record is durable, else why it is not. */
export function recordEnding(
  call: Call,
  core: Core,
  ending: Ending,
  done: (error: PortcullisError | undefined) => void,
): void {
  const part: DecisionPart =
    ending.kind === 'verdict'
      ? {
          outcome: ending.verdict.outcome,
          rule: ending.verdict.rule,
          message: ending.verdict.message,
          dispatched: false,
        }
      : {
          outcome: 'error',
          rule: ending.error.code,
          message: ending.error.message,
          dispatched: false,
        };
  core.trace?.decided(call, part);
  const { index, body } = decisionEntry(call, core, part, []);
  core.log.write(index, body, done);
}

/**
 * Settles and records a call that was dispatched. Not awaited by the answer: its intent is durable already, and a record
 * that is lost is recovered from the intent as an unknown outcome.
 */
export function recordOutcome(call: Call, core: Core): void {
  const outcome = call.outcome;
  if (outcome === undefined) return;
  if (call.approval !== undefined) closeApproval(call, core);
  core.unknownOutcomes.ended(call);
  const givenBack = settle(call, outcome);
  const failed = outcome.error;
  const lost = outcome.kind === 'unknown' && outcome.ran === 'unknown';
  const part: DecisionPart = {
    outcome: lost ? 'unknown' : failed === undefined ? 'allow' : 'error',
    rule: failed?.code ?? '',
    message: failed?.message ?? '',
    dispatched: outcome.ran === 'yes' ? true : outcome.ran === 'no' ? false : 'unknown',
  };
  core.trace?.decided(call, part);
  const { index, body } = decisionEntry(call, core, part, deltas(givenBack, -1));
  core.log.note(index, body, (error) => {
    core.logger.error(
      { call: call.id, error: String(error) },
      'the outcome of a call could not be recorded; its intent stands',
    );
  });
}
