import { CircleCheck, CircleX, CornerDownRight, HandHelping, Minus } from 'lucide-react';
import type { Verdict } from '../../../api/types.ts';
import { OutcomeBadge } from '../../../ui/outcome-badge.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';

const ICONS = {
  passed: [CircleCheck, 'text-good', 'Passed'],
  denied: [CircleX, 'text-bad', 'Denied'],
  needs_approval: [HandHelping, 'text-grave', 'Asks'],
  matched: [CornerDownRight, 'text-info', 'Matched'],
  skipped: [Minus, 'text-soft', 'Skipped'],
} as const;

interface Taken {
  readonly counter?: string;
  readonly amount?: number;
  readonly max?: number;
  readonly rule?: string;
}

/** A verdict with each step that led to it. */
export function VerdictView({ verdict }: { readonly verdict: Verdict }) {
  const { outcome, rule, message, trace, reservations } = verdict;
  return (
    <section aria-label="Verdict" aria-live="polite" className="space-y-3 rounded-md border p-3">
      <p className="flex flex-wrap items-center gap-2">
        <OutcomeBadge outcome={outcome} />
        {rule !== '' && (
          <code className="font-mono text-[0.8125rem]">
            <Untrusted text={rule} most={200} />
          </code>
        )}
      </p>
      {message !== '' && (
        <p>
          <Untrusted text={message} />
        </p>
      )}
      <ol className="space-y-1.5">
        {trace.map((step, index) => {
          const [Icon, colour, text] = ICONS[step.result];
          return (
            <li key={index} className="flex gap-2 text-[0.8125rem]">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colour}`} />
              <span className="min-w-0">
                <span className={`font-medium ${colour}`}>{text}</span>{' '}
                <code className="font-mono text-xs text-soft">
                  <Untrusted text={step.rule} most={200} />
                </code>
                <span className="block">
                  <Untrusted text={step.detail} most={500} />
                </span>
              </span>
            </li>
          );
        })}
      </ol>
      {reservations.length > 0 && (
        <p className="text-[0.8125rem] text-soft">
          It would take{' '}
          {(reservations as readonly Taken[])
            .map(({ counter, amount = 1, max }) => `${amount} of ${max} from “${counter}”`)
            .join(', ')}
          .
        </p>
      )}
    </section>
  );
}
