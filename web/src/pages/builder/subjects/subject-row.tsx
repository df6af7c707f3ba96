import type { ReactNode } from 'react';
import { stateOf, withState, type Subject, type SubjectState } from '../../../policy/states.ts';
import { classNames } from '../../../lib/class-names.ts';
import { Select } from '../../../ui/select.tsx';
import { useBuilder } from '../builder-context.ts';
import { STATES } from './state-looks.ts';

const CHOICES = STATES.map(({ value, text }) => ({ value, text }));

/** One selector of the document, or a tool that could be one: its state, and the way to its rules. */
export function SubjectRow({
  subject,
  label,
  below,
  chosen,
  onChoose,
}: {
  readonly subject: Exclude<Subject, undefined>;
  readonly label: ReactNode;
  readonly below?: ReactNode;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { policy, document, readOnly } = useBuilder();
  const state = stateOf(document, subject);
  const change = (next: SubjectState): void => {
    policy.edit((text) => withState(text, subject, next));
    if (next === 'custom') onChoose();
  };
  return (
    <div className={classNames('flex items-center gap-2 py-1.5 pr-2 pl-3', chosen && 'bg-hover')}>
      <button
        type="button"
        aria-current={chosen || undefined}
        onClick={onChoose}
        className="min-w-0 flex-1 text-left -outline-offset-2"
      >
        <span className="block truncate font-mono text-[0.8125rem] font-medium">{label}</span>
        {below}
      </button>
      <div className="w-26 shrink-0">
        <Select
          aria-label={`What holds for ${subject}`}
          value={state}
          choices={CHOICES}
          onChange={change}
          disabled={readOnly || policy.document === undefined}
          className="min-h-8! px-1.5! text-[0.8125rem]!"
        />
      </div>
    </div>
  );
}
