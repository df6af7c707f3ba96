/** The rule that a class gets before the tool's own arguments are looked at. */
import type { PolicyDocument, ToolRules } from '../../policy/index.ts';
import type { ToolClass } from '../../policy/index.ts';

/**
 * `observe` lets everything pass and only counts on the log; `balanced` is what the catalogue shows;
 * `strict` adds rules on arguments, tighter limits, and approval for whatever runs things.
 */
export type Strength = 'observe' | 'balanced' | 'strict';

const APPROVAL = { conditions: [], reason: 'Requires human approval.' } as const;

/** Calls a minute, by class; undefined for no limit. */
const PER_MINUTE: Readonly<Record<Strength, Partial<Record<ToolClass, number>>>> = {
  observe: {},
  balanced: { Write: 30, Execute: 10 },
  strict: { Read: 60, Write: 10, Execute: 5, Financial: 1 },
};
const APPROVED: Readonly<Record<Strength, readonly ToolClass[]>> = {
  observe: [],
  balanced: ['Financial'],
  strict: ['Execute', 'Financial'],
};

export function defaultOf(strength: Strength): PolicyDocument['default'] {
  return strength === 'observe' ? 'allow' : 'deny';
}

export function isHidden(gravest: ToolClass, strength: Strength): boolean {
  return gravest === 'Destructive' && strength !== 'observe';
}

export function baseRules(tool: string, gravest: ToolClass, strength: Strength): ToolRules {
  const max = PER_MINUTE[strength][gravest];
  return {
    ...(APPROVED[strength].includes(gravest) && { approve_if: [APPROVAL] }),
    ...(max !== undefined && {
      limits: [{ counter: `${tool}_rate`, window: 'minute', max, scope: 'grant' }],
    }),
  };
}
