/** What came of a call that was approved: noted with its approval. A call that provably was not sent gives its approval back. */
import type { Call } from '../call.ts';
import type { Core } from '../core.ts';

/** Not awaited by the answer; never throws. */
export function closeApproval(call: Call, core: Core): void {
  const { approval, outcome } = call;
  const desk = core.approvals?.desk;
  if (approval === undefined || desk === undefined) return;
  const closing =
    outcome === undefined || outcome.ran === 'no'
      ? desk.giveBack(approval.id, call.id)
      : desk.returned(approval, call.id, {
          kind: outcome.kind,
          isError: outcome.isError ?? null,
          bytes: outcome.bytes,
          dispatched: outcome.ran === 'yes' ? true : 'unknown',
        });
  closing.catch((error: unknown) => {
    core.logger.error(
      { approval: approval.id, call: call.id, error: String(error) },
      'the end of an approved call could not be noted',
    );
  });
}
