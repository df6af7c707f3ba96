import { summarise } from '../../policy/summary.ts';
import { Badge } from '../../ui/badge.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { EffectCounts } from '../policies/effect-counts.tsx';
import { EFFECT_LOOKS } from '../policies/effect-looks.ts';
import { useBuilder } from './builder-context.ts';

/** The policy as it stands, in sentences. */
export function SummaryPanel() {
  const { document, tools } = useBuilder();
  return (
    <div className="space-y-4">
      <EffectCounts document={document} tools={tools} />
      <ul className="divide-y text-sm">
        {summarise(document).map(({ kind, subject, text }, index) => (
          <li key={index} className="flex items-baseline gap-2 py-1.5">
            <span className="w-20 shrink-0">
              <Badge tone={EFFECT_LOOKS[kind].tone}>{EFFECT_LOOKS[kind].text}</Badge>
            </span>
            <span className="min-w-0">
              <Untrusted text={subject} most={100} className="font-medium" />{' '}
              <Untrusted text={text} most={600} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
