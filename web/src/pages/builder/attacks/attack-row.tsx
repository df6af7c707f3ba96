import type { AttackCoverage } from '../../../api/types.ts';
import type { Subject } from '../../../policy/states.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { useBuilder } from '../builder-context.ts';

type Played = AttackCoverage['results'][number];

const LOOKS: Readonly<Record<Played['outcome'], readonly [tone: Tone, text: string]>> = {
  'got through': ['bad', 'Gets through'],
  limited: ['warn', 'Limited'],
  stopped: ['good', 'Stopped'],
  'does not fit': ['plain', 'Does not fit'],
};

/** One attack: what became of it, and of each of its calls. */
export function AttackRow({
  played: { slug, title, outcome, steps },
  onChoose,
}: {
  readonly played: Played;
  readonly onChoose: (subject: Subject) => void;
}) {
  const { tools } = useBuilder();
  const [tone, text] = LOOKS[outcome];
  const known = new Set(tools.map(({ name }) => name));
  return (
    <li>
      <details className="py-2 text-[0.8125rem]">
        <summary>
          <span className="inline-grid w-[calc(100%-1.5rem)] grid-cols-[6.5rem_minmax(0,1fr)] items-baseline gap-2 align-top">
            <span>
              <Badge tone={tone}>{text}</Badge>
            </span>
            <span className="font-medium">{title}</span>
          </span>
        </summary>
        <ol className="mt-2 space-y-3 border-l pl-3">
          {steps.map((step, index) => (
            <li key={index} className="space-y-1">
              <p>
                <Untrusted text={step.tool} most={120} className="font-mono text-xs font-medium" />
                <span className="text-soft">
                  {' '}
                  · {step.passed} of {step.tried} {step.tried === 1 ? 'call' : 'calls'} passed
                  {known.has(step.tool) ? '' : ' · a tool that the attacker brings'}
                </span>
              </p>
              {step.rule !== '' && (
                <p className="font-mono text-xs text-soft">
                  <Untrusted text={step.rule} most={200} />
                </p>
              )}
              {step.message !== '' && (
                <p>
                  <Untrusted text={step.message} most={500} />
                </p>
              )}
              {step.arguments !== undefined && (
                <pre
                  tabIndex={0}
                  aria-label="Arguments of the attack"
                  className="max-h-40 overflow-auto rounded-md border bg-sunken p-2 font-mono text-xs"
                >
                  <Untrusted text={JSON.stringify(step.arguments, null, 2)} most={4000} />
                </pre>
              )}
              {known.has(step.tool) && (
                <Button small onClick={() => onChoose(step.tool)}>
                  Rules of <Untrusted text={step.tool} most={60} />
                </Button>
              )}
            </li>
          ))}
        </ol>
        <p className="mt-2">
          <a href={`/attacks/${slug}`} target="_blank" rel="noreferrer" className="underline">
            What this attack is, and what stops it
          </a>
        </p>
      </details>
    </li>
  );
}
