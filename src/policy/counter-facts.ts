/** What limits must agree on to share a counter. */
import type { PolicyDocument, WindowLimit } from './document.ts';

const SECONDS = { minute: 60, hour: 3600, day: 86_400 };

export function counterFacts({ window, scope = 'grant', algorithm = 'fixed', by }: WindowLimit): string {
  return JSON.stringify([
    typeof window === 'number' ? window : SECONDS[window],
    scope,
    algorithm,
    by ?? null,
  ]);
}

/** The counters that the limits of a document name, each with its facts. */
export function namedCounters({ all_tools, tools }: PolicyDocument): ReadonlyMap<string, string> {
  const limits = [all_tools ?? {}, ...Object.values(tools ?? {})].flatMap((rules) => rules.limits ?? []);
  return new Map(
    limits.flatMap((limit) => ('concurrent' in limit ? [] : [[limit.counter, counterFacts(limit)] as const])),
  );
}
