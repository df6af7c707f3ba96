/**
 * What another policy would have said to calls of the past. The log has no values of arguments, so only what holds for
 * every call of a tool can be judged; what depends on arguments, counters, the grant or the client is counted apart.
 */
import { mergeEntries } from '../audit/index.ts';
import { stanceOf, type CompiledPolicy, type Stance, type ToolFacts } from '../policy/index.ts';
import type { EntryFilter, EntryRow } from '../store/index.ts';
import type { Registry } from './registry.ts';

/** More would keep whoever asks waiting. */
const MOST_CALLS = 50_000;
const PAGE = 500;

export interface BacktestRequest {
  readonly serverId: string;
  /** Ms since the epoch, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly grant?: string | undefined;
  /** Only calls that were judged by this one. */
  readonly policyId?: string | undefined;
}

export interface BacktestChange extends Stance {
  readonly tool: string;
  /** What was decided then. */
  readonly was: 'allow' | 'deny' | 'needs_approval';
  calls: number;
}

export interface Backtest {
  /** Tool calls of the time that were looked at. */
  readonly calls: number;
  /** Whether there were more. */
  readonly partial: boolean;
  readonly same: number;
  readonly different: number;
  /** Calls that cannot be judged without the values of their arguments. */
  readonly undetermined: number;
  /** What would be decided in another way, the most calls first. */
  readonly changes: readonly BacktestChange[];
  /** Tools that cannot be judged, and by which rule. */
  readonly open: readonly { readonly tool: string; readonly rule: string; readonly calls: number }[];
}

/** @throws PC_STORE_UNAVAILABLE */
export async function backtest(
  registry: Registry,
  policy: CompiledPolicy,
  factsOf: (tool: string) => ToolFacts,
  request: BacktestRequest,
): Promise<Backtest> {
  const changes = new Map<string, BacktestChange>();
  const open = new Map<string, { tool: string; rule: string; calls: number }>();
  let [calls, same, different, undetermined] = [0, 0, 0, 0];
  let partial = false;
  for await (const { tool, was } of pastCalls(registry, request)) {
    if (calls === MOST_CALLS) {
      partial = true;
      break;
    }
    calls += 1;
    const { stance, rule } = stanceOf(policy, factsOf(tool));
    if (stance === 'depends') {
      undetermined += 1;
      const seen = open.get(tool);
      if (seen === undefined) open.set(tool, { tool, rule, calls: 1 });
      else seen.calls += 1;
      continue;
    }
    const now = { allow: 'allow', ask: 'needs_approval', deny: 'deny', hide: 'deny' }[stance];
    if (now === was) {
      same += 1;
      continue;
    }
    different += 1;
    const key = JSON.stringify([tool, was]);
    const seen = changes.get(key);
    if (seen === undefined) changes.set(key, { tool, was, stance, rule, calls: 1 });
    else seen.calls += 1;
  }
  const byCalls = (a: { calls: number }, b: { calls: number }): number => b.calls - a.calls;
  return {
    calls,
    partial,
    same,
    different,
    undetermined,
    changes: [...changes.values()].toSorted(byCalls),
    open: [...open.values()].toSorted(byCalls),
  };
}

/** The tools of which calls were let through in that time. @throws PC_STORE_UNAVAILABLE */
export async function toolsInUse(registry: Registry, request: BacktestRequest): Promise<ReadonlySet<string>> {
  const tools = new Set<string>();
  for await (const { tool, was } of pastCalls(registry, request)) if (was === 'allow') tools.add(tool);
  return tools;
}

async function* pastCalls(
  { store, organization }: Registry,
  { serverId, grant, policyId, from, to }: BacktestRequest,
): AsyncGenerator<{ tool: string; was: BacktestChange['was'] }> {
  const filter: EntryFilter = {
    organization,
    server: serverId,
    kind: 'decision',
    from,
    to,
    ...(grant && { grant }),
  };
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await store.entries.page(filter, { limit: PAGE, ...(cursor && { cursor }) });
    for (const row of page.items) {
      if (row.tool === null || row.method !== 'tools/call') continue;
      if (policyId !== undefined && mergeEntries([row]).policy?.id !== policyId) continue;
      yield { tool: row.tool, was: decided(row) };
    }
    cursor = page.nextCursor;
  }
}

/** A call that failed was one that the policy had let pass. */
function decided({ outcome }: EntryRow): BacktestChange['was'] {
  return outcome === 'deny' || outcome === 'needs_approval' ? outcome : 'allow';
}
