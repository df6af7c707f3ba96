import type { DecisionRecord } from '../audit/index.ts';
import { lineSays } from '../store/index.ts';

/** What is looked for among decisions; what is not given fits all. Servers and grants by id. */
export interface DecisionFilter {
  readonly server?: string | undefined;
  readonly grant?: string | undefined;
  readonly tool?: string | undefined;
  readonly outcome?: string | undefined;
  /** The whole rule. */
  readonly rule?: string | undefined;
  /** Words that the record has, in whatever case. */
  readonly text?: string | undefined;
}

/** Whether one that was just made is among those that a search would find. */
export function fitsDecision(record: DecisionRecord, filter: DecisionFilter): boolean {
  const { server, grant, tool, outcome, rule, text } = filter;
  const wanted: readonly (readonly [string | undefined, string | undefined])[] = [
    [server, record.server.id],
    [grant, record.grant?.id],
    [tool, record.tool],
    [outcome, record.outcome],
    [rule, record.rule],
  ];
  return (
    wanted.every(([expected, is]) => expected === undefined || expected === is) &&
    (text === undefined || lineSays(JSON.stringify(record), text))
  );
}
