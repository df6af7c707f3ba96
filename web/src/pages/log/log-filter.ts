import type { Query } from '../../api/request.ts';
import type { Decision } from '../../api/types.ts';

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

/** What the gateway filters by. */
export function queryOf({ server, grant, tool, outcome, from, to }: LogSearch): Query {
  return { server, grant, tool, outcome, from: time(from), to: time(to) };
}

/** What is filtered here: the rule and the words. */
export function fits(decision: Decision, { rule, text, from, to }: LogSearch): boolean {
  if (rule !== undefined && !decision.rule.startsWith(rule)) return false;
  if (from !== undefined && decision.at < (time(from) ?? 0)) return false;
  if (to !== undefined && decision.at > (time(to) ?? Infinity)) return false;
  if (text === undefined) return true;
  const { method, tool = '', message, rule: label, server, grant, client, argumentKeys = [] } = decision;
  return [method, tool, message, label, server.name, grant?.label ?? '', client?.name ?? '', ...argumentKeys]
    .join('\n')
    .toLowerCase()
    .includes(text.toLowerCase());
}

/** The local time of a field as milliseconds since the epoch. */
function time(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = new Date(text).getTime();
  return Number.isNaN(ms) ? undefined : ms;
}
