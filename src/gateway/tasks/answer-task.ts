/**
 * What a client asks about a task of the gateway's own. Once the server has made a task of the call, the question goes there
 * under the server's id, through the same pipeline as everything else.
 */
import { PortcullisError } from '../../errors.ts';
import type { Verdict } from '../../policy/index.ts';
import {
  modernHeaders,
  readMessage,
  resultMessage,
  rewriteMember,
  type RequestMessage,
} from '../../wire/index.ts';
import type { Approvals } from '../approvals.ts';
import type { Call, Ending } from '../call.ts';
import type { Core } from '../core.ts';
import { HeldFront } from '../held-front.ts';
import { whileHeld } from '../hold.ts';
import type { OwnTask } from './own-task.ts';

/** What becomes of the question: answered here, or asked of the server. */
export type TaskAnswer = { readonly ending: Ending } | { readonly forward: Call };

const PASSED: Verdict = { outcome: 'allow', rule: '', message: '', reservations: [], trace: [] };

/** @throws PC_STORE_UNAVAILABLE, PC_LOG_UNAVAILABLE */
export async function answerTask(
  call: Call,
  core: Core,
  approvals: Approvals,
  task: OwnTask,
): Promise<TaskAnswer> {
  const { method, id } = call.message as RequestMessage;
  const cancels = method === 'tasks/cancel';
  if (cancels && task.withdrawable) {
    task.cancel(call.at);
    if (!core.tasks.isWaitedFor(task.facts.approval)) await approvals.desk.withdraw(task.facts.approval);
    return answered(call.era === 'legacy' ? task.state(id) : acknowledged(id));
  }
  // A cancellation of what is being sent waits for where it went.
  if (method === 'tasks/result' || (cancels && !task.ended)) {
    if (call.front.surface === 'http') call.front = new HeldFront(call.front);
    const stayed = await whileHeld(call, approvals, (gone) => Promise.race([task.moved, aborted(gone)]));
    if (!stayed) return refused(new PortcullisError('PC_SHUTTING_DOWN'));
  }
  if (task.upstreamId !== undefined) return { forward: asked(call, task.upstreamId) };
  if (method === 'tasks/get') return answered(task.state(id));
  if (method === 'tasks/update' || (cancels && call.era === 'modern')) return answered(acknowledged(id));
  const result = cancels ? undefined : task.result(id);
  if (result !== undefined) return answered(result);
  return refused(new PortcullisError('PC_PARAMS_INVALID', { detail: 'the task has ended' }));
}

function answered(answer: Buffer): TaskAnswer {
  return { ending: { kind: 'verdict', verdict: PASSED, answer } };
}

function refused(error: PortcullisError): TaskAnswer {
  return { ending: { kind: 'error', error } };
}

function acknowledged(id: RequestMessage['id']): Buffer {
  return resultMessage(id, { resultType: 'complete' });
}

/** The same question about the server's task. */
function asked(call: Call, upstreamId: string): Call {
  const bytes = rewriteMember(call.message.bytes, ['params', 'taskId'], JSON.stringify(upstreamId));
  const message = readMessage(bytes) as RequestMessage;
  const headers =
    call.era === 'modern' ? { ...call.headers, ...modernHeaders(message, undefined) } : call.headers;
  return { ...call, message, headers };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
