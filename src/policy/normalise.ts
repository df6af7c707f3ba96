/** Turns accepted spellings into the canonical form, and says what it rewrote. The input was checked. */
import { counterFacts, namedCounters } from './counter-facts.ts';
import type {
  ApprovalRule,
  Condition,
  Limit,
  PolicyDocument,
  Rule,
  ToolRules,
  WindowLimit,
} from './document.ts';
import { into } from './shape.ts';
import type { LimitWindow } from './types.ts';

/** Something that an author should know about the document. */
export interface Note {
  readonly pointer: string;
  readonly message: string;
}

type Bare = { readonly path: string; readonly op: string; readonly value?: unknown };
interface Written {
  readonly require?: readonly (Rule | (Bare & { on_deny?: string }))[];
  readonly deny_if?: readonly (Rule | (Bare & { on_deny?: string }))[];
  readonly approve_if?: readonly (ApprovalRule | (Bare & { reason?: string; expires?: string }))[];
  readonly limits?: readonly Limit[];
  readonly results?: ToolRules['results'];
  readonly action?: 'allow' | 'deny' | 'hide' | 'require_approval';
  readonly reason?: string;
  readonly approval_timeout?: string;
  readonly rate_limit?: string | { readonly max: number; readonly window: LimitWindow };
}

export function normalise(written: PolicyDocument): {
  readonly document: PolicyDocument;
  readonly notes: readonly Note[];
} {
  const notes: Note[] = [];
  const hide = [...(written.hide ?? [])];
  const tools: Record<string, ToolRules> = {};
  const counters = namedCounters(written);
  for (const [selector, rules] of Object.entries(written.tools ?? {})) {
    const pointer = into('/tools', selector);
    const given = rules as Written;
    if (given.action === 'hide') {
      if (!hide.includes(selector)) hide.push(selector);
      notes.push({ pointer: into(pointer, 'action'), message: `"action": "hide" became an entry of hide` });
      continue;
    }
    define(tools, selector, canonicalRules(given, selector, pointer, notes, counters));
  }
  const { version, description, all_tools, resources, prompts } = written;
  const document: PolicyDocument = {
    version,
    ...(description === undefined ? {} : { description }),
    default: written.default,
    ...(written.hide === undefined && hide.length === 0 ? {} : { hide }),
    ...(all_tools === undefined
      ? {}
      : { all_tools: canonicalRules(all_tools as Written, '*', '/all_tools', notes, counters) }),
    ...(written.tools === undefined ? {} : { tools }),
    ...(resources === undefined ? {} : { resources }),
    ...(prompts === undefined ? {} : { prompts }),
  };
  return { document, notes };
}

function canonicalRules(
  given: Written,
  selector: string,
  pointer: string,
  notes: Note[],
  counters: ReadonlyMap<string, string>,
): ToolRules {
  const require = given.require?.map((rule, index) =>
    canonicalRule(rule, into(into(pointer, 'require'), index), notes),
  );
  const denyIf =
    given.deny_if?.map((rule, index) => canonicalRule(rule, into(into(pointer, 'deny_if'), index), notes)) ??
    [];
  const approveIf =
    given.approve_if?.map((rule, index) =>
      canonicalRule(rule, into(into(pointer, 'approve_if'), index), notes),
    ) ?? [];
  const limits = [...(given.limits ?? [])];
  if (given.action === 'deny') {
    denyIf.push({ conditions: [], ...(given.reason === undefined ? {} : { on_deny: given.reason }) });
    notes.push({
      pointer: into(pointer, 'action'),
      message: '"action": "deny" became a deny_if that always holds',
    });
  } else if (given.action === 'require_approval') {
    approveIf.push({
      conditions: [],
      ...(given.reason === undefined ? {} : { reason: given.reason }),
      ...(given.approval_timeout === undefined ? {} : { expires: given.approval_timeout }),
    });
    notes.push({
      pointer: into(pointer, 'action'),
      message: '"action": "require_approval" became an approve_if that always holds',
    });
  } else if (given.action === 'allow') {
    notes.push({
      pointer: into(pointer, 'action'),
      message: '"action": "allow" says nothing more than that the tool is listed',
    });
  }
  if (given.rate_limit !== undefined) {
    const limit = apart(rateLimit(given.rate_limit, selector), counters);
    limits.push(limit);
    notes.push({
      pointer: into(pointer, 'rate_limit'),
      message: `rate_limit became the limit "${limit.counter}"`,
    });
  }
  return {
    ...(require === undefined ? {} : { require }),
    ...(given.deny_if === undefined && denyIf.length === 0 ? {} : { deny_if: denyIf }),
    ...(given.approve_if === undefined && approveIf.length === 0 ? {} : { approve_if: approveIf }),
    ...(given.limits === undefined && limits.length === 0 ? {} : { limits }),
    ...(given.results === undefined ? {} : { results: given.results }),
  };
}

function canonicalRule<Canonical extends Rule | ApprovalRule>(
  rule: Canonical | Bare,
  pointer: string,
  notes: Note[],
): Canonical {
  if ('conditions' in rule) return rule;
  const { path, op, value, ...rest } = rule;
  const condition: Condition = value === undefined ? { path, op } : { path, op, value };
  notes.push({ pointer, message: 'a bare condition became a rule with that one condition' });
  return { conditions: [condition], ...rest } as unknown as Canonical;
}

/** Calendar units and their seconds are the same windows; the catalogue's pages speak of agent sessions, the short form of grants. */
function rateLimit(
  given: string | { readonly max: number; readonly window: LimitWindow },
  selector: string,
): WindowLimit {
  const counter = `${selector}_rate`;
  if (typeof given !== 'string')
    return { counter, window: named(given.window), max: given.max, scope: 'session' };
  const [max = '', unit = ''] = given.split('/');
  return { counter, window: unit === 'second' ? 1 : (unit as LimitWindow), max: Number(max), scope: 'grant' };
}

/** Where a limit of the document has the name and counts otherwise, as on the catalogue's pages, both hold. */
function apart(limit: WindowLimit, counters: ReadonlyMap<string, string>): WindowLimit {
  const taken = counters.get(limit.counter);
  return taken === undefined || taken === counterFacts(limit)
    ? limit
    : { ...limit, counter: `${limit.counter}_${limit.scope}` };
}

function named(window: LimitWindow): LimitWindow {
  return window === 60 ? 'minute' : window === 3600 ? 'hour' : window === 86_400 ? 'day' : window;
}

/** `__proto__` can be a tool's name. */
export function define<Value>(target: Record<string, Value>, name: string, value: Value): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
