import { useMemo } from 'react';
import type { PolicyDocument } from '../../../../src/policy/document.ts';
import { effectOn, type Effect, type NamedTool } from '../../policy/effect.ts';
import { Badge } from '../../ui/badge.tsx';
import { EFFECT_LOOKS } from './effect-looks.ts';

const ORDER: readonly Effect['kind'][] = ['allow', 'conditional', 'ask', 'deny', 'hide'];

/** How many tools a policy allows, limits, asks for, denies and hides. */
export function EffectCounts({
  document,
  tools,
}: {
  readonly document: PolicyDocument;
  readonly tools: readonly NamedTool[];
}) {
  const counts = useMemo(() => {
    const found = new Map<Effect['kind'], number>();
    for (const tool of tools) {
      const { kind } = effectOn(document, tool);
      found.set(kind, (found.get(kind) ?? 0) + 1);
    }
    return found;
  }, [document, tools]);
  return (
    <ul aria-label="What it makes of the tools" className="flex flex-wrap gap-1">
      {ORDER.filter((kind) => counts.has(kind)).map((kind) => (
        <li key={kind}>
          <Badge tone={EFFECT_LOOKS[kind].tone}>
            {counts.get(kind)} {EFFECT_LOOKS[kind].text.toLowerCase()}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
