/**
 * What may come back. Lists show only what the caller could use, results obey the owner's rules, and handles are bound to
 * the grant. Whatever cannot be judged does not come back.
 */
import type { JsonObject } from '../../json.ts';
import { decidePrompt, decideResource, isListed, type CompiledPolicy } from '../../policy/index.ts';
import { applyResultRules, filterList } from '../../results/index.ts';
import { locate, locateElements, rewriteMember, type AnswerEnvelope } from '../../wire/index.ts';
import type { Call } from '../call.ts';
import type { Core } from '../core.ts';

/** The answer to pass on: the same buffer when nothing had to change. @throws PC_UPSTREAM_PROTOCOL */
export function judgeAnswer(call: Call, core: Core, bytes: Buffer, envelope: AnswerEnvelope): Buffer {
  if (envelope.errorCode !== undefined) return byResultRules(call, bytes);
  const { target } = call;
  if (target.kind === 'list') return filtered(call, bytes, target.member);
  const method = call.message.kind === 'request' ? call.message.method : undefined;
  if (method === 'tasks/list') return ownTasks(call, core, bytes);
  if (method === 'server/discover') core.tasks.noteOffer(call.caller.server.id, bytes);
  let judged = byResultRules(call, bytes);
  if (target.kind === 'tool' || target.kind === 'task') {
    rememberTask(call, core, bytes, envelope);
    if (call.ownTask !== undefined) judged = call.ownTask.underOwnId(judged);
  }
  return envelope.resultType === 'input_required' ? boundState(call, core, judged) : judged;
}

/** Whether the owner says something of what comes back from this call. */
export function hasResultRules({ target, resultRules: rules }: Call): boolean {
  const ruled = target.kind === 'tool' || target.kind === 'task';
  return ruled && rules !== undefined && (rules.maxBytes !== undefined || rules.redact.length > 0);
}

/** A result or an error as the owner's rules let it back. @throws PC_UPSTREAM_PROTOCOL */
export function byResultRules(call: Call, bytes: Buffer): Buffer {
  const { message, resultRules, era } = call;
  return message.kind === 'request' && resultRules !== undefined && hasResultRules(call)
    ? applyResultRules(bytes, resultRules, era, message.id)
    : bytes;
}

function filtered(
  call: Call,
  bytes: Buffer,
  member: 'tools' | 'resources' | 'resourceTemplates' | 'prompts',
): Buffer {
  const policy = call.caller.grant.policy?.compiled ?? null;
  if (member === 'tools') return filteredTools(call, policy, bytes);
  const keep =
    member === 'prompts'
      ? (element: JsonObject) => decidePrompt(policy, element.name as string).outcome === 'allow'
      : (element: JsonObject) =>
          decideResource(policy, (member === 'resources' ? element.uri : element.uriTemplate) as string)
            .outcome === 'allow';
  return filterList(bytes, member, keep, call.era).bytes;
}

function filteredTools(call: Call, policy: CompiledPolicy | null, bytes: Buffer): Buffer {
  const { catalogue } = call.caller.server;
  const { elements, more } = filterList(bytes, 'tools', () => true, call.era);
  const firstPage = call.message.kind === 'request' && call.message.params?.cursor === undefined;
  catalogue.observe(elements, firstPage && !more);
  const keep = (element: JsonObject): boolean => {
    const name = element.name as string;
    return isListed(policy, (catalogue.get(name) ?? catalogue.guess(name)).facts);
  };
  return filterList(bytes, 'tools', keep, call.era).bytes;
}

function rememberTask(call: Call, core: Core, bytes: Buffer, envelope: AnswerEnvelope): void {
  const asked = call.message.kind === 'request' && call.message.params?.task !== undefined;
  if (call.target.kind !== 'tool' || !(asked || envelope.resultType === 'task')) return;
  const { result } = JSON.parse(bytes.toString()) as {
    result?: { taskId?: unknown; task?: { taskId?: unknown } };
  };
  const taskId = result?.task?.taskId ?? result?.taskId;
  if (typeof taskId !== 'string') return;
  core.tasks.add(taskId, {
    server: call.caller.server.id,
    grant: call.caller.grant.id,
    resultRules: call.resultRules,
    tool: call.target.name,
  });
}

/** The server's, as far as they are this grant's; before the first page those of the gateway that wait. */
function ownTasks(call: Call, core: Core, bytes: Buffer): Buffer {
  const { server, grant } = call.caller;
  const keep = (element: JsonObject): boolean =>
    typeof element.taskId === 'string' && core.tasks.find(element.taskId, server.id, grant.id) !== undefined;
  const kept = filterList(bytes, 'tasks', keep, call.era).bytes;
  const goesOn = call.message.kind === 'request' && call.message.params?.cursor !== undefined;
  const own = goesOn ? [] : core.tasks.ownOf(server.id, grant.id).map((task) => task.listed());
  return own.length === 0 ? kept : withElements(kept, ['result', 'tasks'], own);
}

function withElements(bytes: Buffer, path: readonly string[], elements: readonly string[]): Buffer {
  const { start } = locate(bytes, path)!;
  const more = (locateElements(bytes, path)?.length ?? 0) > 0 ? ',' : '';
  const added = Buffer.from(`[${elements.join(',')}${more}`);
  return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start + 1)]);
}

function boundState(call: Call, core: Core, bytes: Buffer): Buffer {
  const { result } = JSON.parse(bytes.toString()) as { result: { requestState?: unknown } };
  if (typeof result.requestState !== 'string') return bytes;
  const sealed = core.binder.sealState(result.requestState, call.caller.server.id, call.caller.grant.id);
  return rewriteMember(bytes, ['result', 'requestState'], JSON.stringify(sealed));
}
