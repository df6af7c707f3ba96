/** What the input schema says: what parameters take in, and which actions they offer. */
import type { ToolClass } from '../../policy/index.ts';
import type { Evidence } from '../types.ts';
import { readChoices } from './read-choices.ts';
import type { Parameter } from './read-definition.ts';
import type { Trait } from './read-parameters.ts';
import { isShielded, type Heard } from './weigh-lead.ts';

/** A parameter for code means that code runs, unless the name or the first sentence says what else happens to it. */
export function weighParameters(traits: readonly Trait[], heard: Heard): Evidence[] {
  const { name, lead } = heard;
  const settled = name?.sure === true && (name.says === 'Read' || name.says === 'Write');
  const explained = lead?.head === true && lead.sure && lead.says !== 'Execute' && name?.says !== 'Execute';
  const open = !settled && !explained;
  const found: Evidence[] = [];
  for (const { signal, parameter } of traits) {
    const { place, name: parameterName, words, depth } = parameter;
    found.push({ place, words: parameterName, says: signal, weight: 0.8 });
    if (depth > 0) continue;
    const add = (says: ToolClass, weight: number): void => {
      found.push({ place, words: parameterName, says, weight });
    };
    if (signal === 'accepts-shell') add('Execute', open ? 0.6 : 0.2);
    else if (signal === 'accepts-code' || signal === 'accepts-sql') add('Execute', open ? 0.5 : 0.15);
    else if (signal === 'costs-money') add('Financial', isSpending(words) && !isShielded(name) ? 0.5 : 0.2);
  }
  return found;
}

/** A budget is money that the call may spend; an amount may be of anything. */
function isSpending(words: readonly string[]): boolean {
  if (words.includes('min')) return false;
  return words.some((word) => word === 'budget' || word === 'bid' || word === 'usd' || word === 'sats');
}

/** Each class once, by the first value that says it. */
export function weighChoices(parameters: readonly Parameter[], { name }: Heard): Evidence[] {
  const found = new Map<ToolClass, Evidence>();
  for (const { says, place, value } of readChoices(parameters)) {
    if (found.has(says)) continue;
    const weight = says === 'Read' ? 0.3 : isShielded(name) ? 0.35 : 0.75;
    found.set(says, { place, words: value, says, weight });
  }
  return [...found.values()];
}
