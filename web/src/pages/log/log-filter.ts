import type { DecisionFilter } from '../../api/queries/decisions.ts';

export interface LogSearch {
  readonly server?: string;
  readonly grant?: string;
  readonly tool?: string;
  readonly outcome?: string;
  readonly rule?: string;
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
  readonly call?: string;
}

/** As the gateway takes it. */
export function queryOf({ server, grant, tool, outcome, rule, text, from, to }: LogSearch): DecisionFilter {
  const given = { server, grant, tool, outcome, rule, text, from: time(from), to: time(to) };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as DecisionFilter;
}

/** The local time of a field as milliseconds since the epoch. */
function time(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const ms = new Date(text).getTime();
  return Number.isNaN(ms) ? undefined : String(ms);
}
