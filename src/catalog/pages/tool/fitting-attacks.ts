import type { ToolClass } from '../../../policy/index.ts';
import type { AttackPattern } from '../../attacks/types.ts';
import type { Signal } from '../../types.ts';

interface Traits {
  readonly classes: readonly ToolClass[];
  readonly signals: readonly Signal[];
}

/** The patterns that can use a tool with these traits, the most particular first: signals tell more than classes. */
export function fittingAttacks(
  attacks: readonly AttackPattern[],
  { classes, signals }: Traits,
): readonly AttackPattern[] {
  return attacks
    .filter((attack) => meets(attack.classes, classes) && meets(attack.signals, signals))
    .map((attack) => ({ attack, weight: particular(attack) }))
    .toSorted((a, b) => b.weight - a.weight || (a.attack.slug < b.attack.slug ? -1 : 1))
    .map(({ attack }) => attack);
}

function meets<One>(needed: readonly One[], has: readonly One[]): boolean {
  return needed.length === 0 || needed.some((one) => has.includes(one));
}

function particular({ classes, signals }: AttackPattern): number {
  const few = (list: readonly unknown[], most: number): number =>
    list.length === 0 ? 0 : most - list.length;
  return few(signals, 10) * 10 + few(classes, 5);
}
