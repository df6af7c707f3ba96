/** A verdict with its trace, for people. */
import type { Verdict } from './types.ts';

const MARKS = {
  passed: 'ok    ',
  denied: 'DENY  ',
  needs_approval: 'ASK   ',
  matched: 'match ',
  skipped: '-     ',
} as const;

/** Several lines: each rule that was looked at, then the outcome. @param verdict evaluated with `trace` */
export function explain(verdict: Verdict): string {
  const steps = verdict.trace.map(({ rule, result, detail }) => `  ${MARKS[result]} ${rule}: ${detail}`);
  const outcome = { allow: 'ALLOWED', deny: 'DENIED', needs_approval: 'NEEDS APPROVAL' }[verdict.outcome];
  const why = verdict.rule === '' ? '' : ` by ${verdict.rule}: ${verdict.message}`;
  const takes = verdict.reservations.map((reservation) =>
    reservation.kind === 'window'
      ? `  takes ${reservation.amount} of ${reservation.max} per ${reservation.window} from "${reservation.counter}" (${reservation.scope})`
      : `  takes one of ${reservation.max} slots (${reservation.scope})`,
  );
  return [...steps, `${outcome}${why}`, ...takes].join('\n');
}
