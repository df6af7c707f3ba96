/** What the tests of this folder build their calls from. */
import type { JsonObject } from '../json.ts';
import {
  compilePolicy,
  evaluate,
  Pace,
  parsePolicy,
  type CallFacts,
  type CompiledPolicy,
  type LimitPeek,
  type ToolClass,
  type Verdict,
} from './index.ts';

export const ROOM: LimitPeek = () => undefined;

export function facts(
  tool: string,
  args: JsonObject = {},
  more: Partial<CallFacts> & { classes?: readonly ToolClass[] } = {},
): CallFacts {
  const classes = more.classes ?? ['Execute'];
  return {
    tool: { name: tool, classes, class: classes.at(-1) ?? 'Read' },
    args,
    grant: { label: 'laptop', tags: ['dev'] },
    client: { name: 'client' },
    now: Date.UTC(2026, 10, 21, 12, 0, 0),
    hasSession: true,
    ...more,
  };
}

/** @throws Error listing the problems */
export function compiled(document: object | string): CompiledPolicy {
  const parsed = parsePolicy(typeof document === 'string' ? document : JSON.stringify(document));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2));
  return compilePolicy(parsed.document);
}

export function judge(document: object | string, call: CallFacts, peek: LimitPeek = ROOM): Verdict {
  return evaluate(compiled(document), call, peek, { trace: true });
}

/** The same where code is read first; no deadline, so that a slow machine changes nothing. */
export async function judgeWithCode(document: object | string, call: CallFacts): Promise<Verdict> {
  const policy = compiled(document);
  const code = await policy.readCode?.(
    call,
    new Pace(
      () => 0,
      () => Promise.resolve(),
    ),
  );
  return evaluate(policy, { ...call, code }, ROOM, { trace: true });
}

/** A policy whose one rule for the tool `t` is the condition, in `require` or in `deny_if`. */
export function withCondition(list: 'require' | 'deny_if', condition: object): object {
  return { version: '1', default: 'deny', tools: { t: { [list]: [{ conditions: [condition] }] } } };
}
