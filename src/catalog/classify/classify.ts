/**
 * What a tool can do, judged by its definition alone: no network, no model, no clock, the same answer every time.
 * A definition that says nothing is not taken for harmless, and no claim of harmlessness lowers what other words say.
 */
import { TOOL_CLASSES, type ToolClass } from '../../policy/index.ts';
import {
  SIGNALS,
  type Assessment,
  type ClassifyContext,
  type Evidence,
  type Severity,
  type Signal,
  type ToolDefinition,
} from '../types.ts';
import { readDefinition } from './read-definition.ts';
import { readServer } from './read-server.ts';
import { weigh } from './weigh.ts';

export const SEVERITIES: Readonly<Record<ToolClass, Severity>> = {
  Read: 'Low',
  Write: 'Medium',
  Execute: 'High',
  Destructive: 'Critical',
  Financial: 'Critical',
};

/** Evidence that adds up to this much makes a class apply. */
const ENOUGH = 0.5;

/** @param definition one element of a `tools/list` result; only the name has to be there */
export function classify(definition: ToolDefinition, context?: ClassifyContext): Assessment {
  const tool = readDefinition(definition);
  const { evidence, name, lead } = weigh(tool, readServer(context));
  const sums = new Map<string, number>();
  for (const { says, weight } of evidence) sums.set(says, 1 - (1 - (sums.get(says) ?? 0)) * (1 - weight));
  const strength = (says: ToolClass): number => sums.get(says) ?? 0;

  const found = TOOL_CLASSES.filter((one) => one !== 'Read' && strength(one) >= ENOUGH);
  const silent = name === undefined && lead === undefined;
  const fallback: ToolClass = silent && strength('Read') < 0.3 ? 'Write' : 'Read';
  const classes: readonly ToolClass[] = found.length > 0 ? found : [fallback];
  const gravest = classes.at(-1) as ToolClass;
  return {
    class: gravest,
    classes,
    severity: SEVERITIES[gravest],
    confidence: confidence(gravest, strength),
    signals: signalsOf(evidence, gravest),
    evidence: evidence.toSorted((one, other) => other.weight - one.weight),
  };
}

/** High when the words for the class are many and strong and those for others are few. */
function confidence(gravest: ToolClass, strength: (says: ToolClass) => number): number {
  const against = Math.max(...TOOL_CLASSES.filter((one) => one !== gravest).map(strength));
  const sure = Math.max(0.25, strength(gravest)) * (1 - against / 3);
  return Math.round(Math.min(0.99, sure) * 100) / 100;
}

function signalsOf(evidence: readonly Evidence[], gravest: ToolClass): Signal[] {
  const said = new Set(evidence.filter(({ weight }) => weight >= ENOUGH).map(({ says }) => says));
  if (gravest === 'Financial') said.add('costs-money');
  return SIGNALS.filter((signal) => said.has(signal));
}
