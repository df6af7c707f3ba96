/** The owner's rules, applied to every target. Nothing is reserved here; limits are only looked at. */
import { PortcullisError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import {
  decidePrompt,
  decideResource,
  evaluate,
  resultRules,
  type CallFacts,
  type EarlierCall,
  type Verdict,
} from '../../policy/index.ts';
import type { KnownTool } from '../../upstreams/index.ts';
import type { Call, CountingStep, Ending } from '../call.ts';
import { claimId, freeId } from './claim-id.ts';
import { lookTogether } from '../look-together.ts';

const NO_ARGUMENTS: JsonObject = {};

export const decide: CountingStep = (call, core) => {
  const policy = call.caller.grant.policy?.compiled ?? null;
  const { target } = call;
  switch (target.kind) {
    case 'tool': {
      const facts = callFacts(call, target.tool, core.unknownOutcomes.before(call));
      if (core.together !== undefined) {
        call.resultRules = resultRules(policy, target.tool.facts);
        const verdict = lookTogether(core.together, call.owner, (peek) => evaluate(policy, facts, peek));
        if (!(verdict instanceof Promise)) return ended(call, verdict);
        // Its id is taken while it waits, as that of a call that is sent.
        const taken = claimId(call, core);
        if (taken === undefined) return verdict.finally(() => freeId(call)).then((one) => ended(call, one));
        void verdict.catch(() => {});
        return taken;
      }
      const verdict = evaluate(policy, facts, (reservations) =>
        core.counters.peek(call.owner, reservations, call.at),
      );
      call.resultRules = resultRules(policy, target.tool.facts);
      return ended(call, verdict);
    }
    case 'resource':
      return target.uris
        .map((uri) => ended(call, decideResource(policy, uri)))
        .find((ending) => ending !== undefined);
    case 'prompt':
      return ended(call, decidePrompt(policy, target.name));
    case 'task': {
      const task = core.tasks.find(target.taskId, call.caller.server.id, call.caller.grant.id);
      if (task === undefined)
        return refused(new PortcullisError('PC_PARAMS_INVALID', { detail: 'task not found' }));
      call.resultRules = task.resultRules;
      call.ownTask = task.own;
      return undefined;
    }
    case 'unknown': {
      const method = call.message.kind === 'response' ? '' : call.message.method;
      return policy?.document.default === 'allow'
        ? undefined
        : refused(new PortcullisError('PC_METHOD_DENIED', { method }));
    }
    case 'list':
    case 'protocol':
      return undefined;
  }
};

/** The facts that a policy judges a tool call by. */
export function callFacts(call: Call, tool: KnownTool, earlier?: EarlierCall): CallFacts {
  const params = call.message.kind === 'response' ? undefined : call.message.params;
  return {
    tool: tool.facts,
    args: (params?.arguments as JsonObject | undefined) ?? NO_ARGUMENTS,
    grant: call.caller.grant,
    client: call.client,
    now: call.at,
    hasSession: call.owner.session !== undefined,
    caseSensitive: call.caller.server.caseSensitive,
    code: call.code,
    earlier,
  };
}

function ended(call: Call, verdict: Verdict): Ending | undefined {
  call.verdict = verdict;
  return verdict.outcome === 'allow' ? undefined : { kind: 'verdict', verdict };
}

function refused(error: PortcullisError): Ending {
  return { kind: 'error', error };
}
