/**
 * A client that was shown the page of an approval hears when it is decided, on a stream of its session
 * (MCP 2025-11-25, `notifications/elicitation/complete`). Best effort: who hears nothing calls again.
 */
import type { ApprovalRow } from '../store/index.ts';
import { notificationMessage } from '../wire/index.ts';
import type { Approvals } from './approvals.ts';
import type { Call } from './call.ts';
import type { Core } from './core.ts';
import { tellSession } from './sessions.ts';

/** Of a whole process: agents must not make it wait for any number. */
const MOST = 1000;
const DECIDED = new Set(['approved', 'denied', 'used']);

export function tellWhenDecided(call: Call, core: Core, { desk, held }: Approvals, row: ApprovalRow): void {
  const { session } = call.caller;
  if (session === undefined || held.size >= MOST) return;
  const key = `page ${session.id} ${row.id}`;
  if (held.has(key)) return;
  const over = new AbortController();
  held.set(key, over);
  tell(session.id, core, desk, row, over.signal)
    .catch((error: unknown) =>
      core.logger.debug(
        { approval: row.id, error: String(error) },
        'a client could not be told of an answer',
      ),
    )
    .finally(() => held.delete(key));
}

async function tell(
  session: string,
  core: Core,
  { watch }: Approvals['desk'],
  { id, expiresAt }: ApprovalRow,
  over: AbortSignal,
): Promise<void> {
  const now = await watch.settled(id, Math.max(1, expiresAt - core.clock.now()), over);
  const open = core.sessions.get(session);
  if (over.aborted || open === undefined || now === undefined || !DECIDED.has(now.state)) return;
  tellSession(open, notificationMessage('notifications/elicitation/complete', { elicitationId: id }).bytes);
}
