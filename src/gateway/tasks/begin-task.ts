/**
 * A call that asked to be a task, and waits for people: its client gets a task at once and polls. When people have answered,
 * the call is judged anew and made on that approval only, once; the approval stays bound to the call that was shown.
 */
import type { Asked } from '../../approvals/index.ts';
import { PortcullisError, toPortcullisError } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { CAPABILITIES_META, errorMessage, type RequestId } from '../../wire/index.ts';
import type { Approvals } from '../approvals.ts';
import { canElicit } from '../ask-client.ts';
import type { Call } from '../call.ts';
import type { Core } from '../core.ts';
import { tellSession } from '../sessions.ts';
import { TASKS_EXTENSION, type TaskBook } from '../task-book.ts';
import { OwnTask } from './own-task.ts';
import { TaskFront } from './task-front.ts';

/** How long a result is kept when the client did not say. */
const KEEP_MS = 600_000;
const LONGEST_KEEP_MS = 86_400_000;

/** Goes on with a call that people have answered: `asked` says what. */
export type Proceed = (call: Call, asked: Asked | undefined) => Promise<void>;

/** Whether a task may be the answer: in the legacy era client and tool agree on it, in the modern one client and server. */
export function takesTask(call: Call, tasks: TaskBook): boolean {
  const { message, target, era, version } = call;
  if (message.kind !== 'request' || target.kind !== 'tool') return false;
  const { params } = message;
  if (era === 'legacy')
    return isObject(params?.task) && (version ?? '') >= '2025-11-25' && supportsTasks(target.tool.definition);
  const meta = params?._meta as JsonObject | undefined;
  const extensions = (meta?.[CAPABILITIES_META] as JsonObject | undefined)?.extensions as
    | JsonObject
    | undefined;
  const continues = params?.requestState !== undefined || params?.inputResponses !== undefined;
  const agreed = isObject(extensions?.[TASKS_EXTENSION]) && tasks.isOffered(call.caller.server.id);
  return agreed && !continues && !canElicit(call);
}

/** Files the task and answers with it. @throws PC_APPROVAL_FULL */
export function beginTask(
  call: Call,
  core: Core,
  approvals: Approvals,
  { approval }: Asked,
  proceed: Proceed,
): Buffer {
  const { server, grant } = call.caller;
  const { id: requestId, params } = call.message as { readonly id: RequestId; readonly params?: JsonObject };
  const page = approvals.pageUrl?.(approval.id) ?? `portcullis approvals show ${approval.id}`;
  const wanted = (params?.task as JsonObject | undefined)?.ttl;
  const keep = typeof wanted === 'number' && wanted > 0 ? Math.min(wanted, LONGEST_KEEP_MS) : KEEP_MS;
  const task = new OwnTask({
    id: core.newTaskId(),
    era: call.era,
    approval: approval.id,
    createdAt: call.at,
    ttl: Math.max(0, approval.expiresAt - call.at) + keep,
    message: `${approval.message} Waits for approval ${approval.id}: ${page}`,
  });
  core.tasks.addOwn(task, {
    server: server.id,
    grant: grant.id,
    resultRules: call.resultRules,
    tool: approval.tool,
  });
  const key = `task ${task.facts.id}`;
  approvals.held.set(key, task.waiting);
  void follow(call, core, approvals, task, proceed).finally(() => approvals.held.delete(key));
  return task.created(requestId);
}

async function follow(
  call: Call,
  core: Core,
  { desk }: Approvals,
  task: OwnTask,
  proceed: Proceed,
): Promise<void> {
  const { approval } = task.facts;
  const front = new TaskFront(
    call.front.surface,
    (answer) => task.answered(answer ?? noAnswer(call), core.clock.now()),
    (message) => {
      const { session } = call.caller;
      if (session !== undefined) tellSession(session, message);
    },
  );
  try {
    let asked: Asked | undefined;
    do {
      const { expiresAt } = await desk.get(approval);
      await desk.watch.settled(approval, Math.max(1, expiresAt - core.clock.now()), task.waiting.signal);
      if (task.waiting.signal.aborted) return;
      asked = await desk.said(approval);
    } while (asked?.state === 'pending');
    if (task.make()) await proceed(anew(call, core, front), asked);
  } catch (thrown) {
    const error = toPortcullisError(thrown);
    core.logger.error({ call: call.id, error: error.message }, 'a call that ran as a task could not go on');
    const { id } = call.message as { readonly id: RequestId };
    front.reply(error.status, errorMessage(id, error.rpcCode, error.message, { code: error.code }));
  }
}

/** The same bytes to the same tool, as a call of its own: with its own record, in the session as it is now. */
function anew(call: Call, core: Core, front: TaskFront): Call {
  const { caller } = call;
  const session = caller.session === undefined ? undefined : core.sessions.get(caller.session.id);
  return {
    ...call,
    id: core.newId(),
    at: core.clock.now(),
    startedAt: core.clock.elapsed(),
    caller: { ...caller, session: session ?? caller.session },
    front,
    approval: undefined,
    code: undefined,
    verdict: undefined,
    hold: undefined,
    recorded: undefined,
    claimed: false,
    intended: false,
    outcome: undefined,
  };
}

function noAnswer({ message, caller }: Call): Buffer {
  const error = new PortcullisError('PC_UPSTREAM_DIED', { server: caller.server.slug });
  return errorMessage((message as { readonly id: RequestId }).id, error.rpcCode, error.message, {
    code: error.code,
  });
}

/** 2025-11-25, tasks: tool-level negotiation. */
function supportsTasks(definition: string): boolean {
  if (!definition.includes('taskSupport')) return false;
  const { execution } = JSON.parse(definition) as { execution?: { taskSupport?: unknown } };
  return execution?.taskSupport === 'optional' || execution?.taskSupport === 'required';
}
