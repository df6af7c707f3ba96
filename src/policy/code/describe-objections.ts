import type { CallFacts } from '../types.ts';
import type { CodeCondition } from './read-code.ts';

const MOST_SHOWN = 3;

/** What the readers of a rule objected to, for people: `line 3: …`; empty when they found nothing. */
export function describeObjections(conditions: readonly CodeCondition[], facts: CallFacts): string {
  const found = conditions.flatMap(({ path, rules, values }) =>
    values(facts).flatMap((text) => {
      const verdict = typeof text === 'string' ? facts.code?.get(rules)?.get(text) : undefined;
      return (verdict?.objections ?? []).map(
        ({ line, column, message }) => `${path} line ${line}, column ${column}: ${message}`,
      );
    }),
  );
  const shown = found.slice(0, MOST_SHOWN).join('; ');
  return found.length > MOST_SHOWN ? `${shown}; and ${found.length - MOST_SHOWN} more` : shown;
}
