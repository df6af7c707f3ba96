import type { Limit } from '../../../../src/policy/document.ts';
import type { Decision, Inventory } from '../../api/types.ts';

/** How much of a limit is taken in its window, as far as the given decisions reach back. */
export interface LimitUse {
  readonly id: string;
  readonly tool: string;
  readonly grant: string;
  readonly rule: string;
  readonly used: number;
  readonly max: number;
  readonly refused: number;
}

const SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Limits of which much is taken in the window that runs now, the fullest first. @param share 0 to 1, the least that counts */
export function limitsInUse(
  decisions: readonly Decision[],
  items: readonly Inventory[],
  share: number,
  now = Date.now(),
): readonly LimitUse[] {
  const policies = new Map(
    items.flatMap((item) => item.policies.map((policy) => [policy.id, policy.document])),
  );
  const uses = new Map<string, LimitUse>();
  for (const decision of decisions) {
    const document = policies.get(decision.policy?.id ?? '');
    const refusedBy =
      decision.outcome === 'deny' && decision.rule.includes('/limits/') ? [decision.rule] : [];
    const taken = decision.reservations.filter(
      ({ settled, kind }) => kind === 'window' && settled !== 'released',
    );
    const rules = new Map([
      ...refusedBy.map((rule) => [rule, 0] as const),
      ...taken.map(({ rule, amount = 1 }) => [rule, amount] as const),
    ]);
    for (const [rule, amount] of rules) {
      const limit = limitAt(document, rule);
      if (limit === undefined || 'concurrent' in limit || decision.at < windowStart(limit.window, now))
        continue;
      const id = `${decision.policy?.id} ${decision.grant?.id} ${rule}`;
      const known = uses.get(id);
      uses.set(id, {
        id,
        tool: decision.tool ?? '',
        grant: decision.grant?.label ?? '',
        rule,
        used: (known?.used ?? 0) + amount,
        max: limit.max,
        refused: (known?.refused ?? 0) + (amount === 0 ? 1 : 0),
      });
    }
  }
  const fullness = ({ used, max, refused }: LimitUse): number => (refused > 0 ? 1 : used / max);
  return [...uses.values()]
    .filter((use) => fullness(use) >= share)
    .toSorted((a, b) => fullness(b) - fullness(a));
}

/** Calendar windows begin with the minute, hour or day (UTC); others are aligned to the epoch. */
function windowStart(window: unknown, now: number): number {
  const ms = (typeof window === 'number' ? window : (SECONDS[String(window)] ?? 60)) * 1000;
  return now - (now % ms);
}

function limitAt(document: unknown, pointer: string): Limit | undefined {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as Readonly<Record<string, unknown>>)[step]
          : undefined,
      document,
    ) as Limit | undefined;
}
