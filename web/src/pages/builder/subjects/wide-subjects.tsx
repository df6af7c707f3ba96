import { useState, type FormEvent } from 'react';
import { Plus } from 'lucide-react';
import { selectorProblem } from '../../../../../src/policy/selector.ts';
import { ruleCount } from '../../../policy/effect.ts';
import { withState, type Subject } from '../../../policy/states.ts';
import { classNames } from '../../../lib/class-names.ts';
import { counted } from '../../../lib/number-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { useBuilder } from '../builder-context.ts';
import { SubjectRow } from './subject-row.tsx';
import { wideSelectors } from './wide-selectors.ts';

/** What holds for many tools at once. */
export function WideSubjects({
  chosen,
  onChoose,
}: {
  readonly chosen: Subject | null;
  readonly onChoose: (subject: Subject) => void;
}) {
  const { policy, document, tools, readOnly, set } = useBuilder();
  const [pattern, setPattern] = useState('');
  const problem = pattern === '' ? undefined : selectorProblem(pattern.trim());
  const frozen = readOnly || policy.document === undefined;
  const add = (event: FormEvent): void => {
    event.preventDefault();
    policy.edit((text) => withState(text, pattern.trim(), 'allow'));
    onChoose(pattern.trim());
    setPattern('');
  };
  return (
    <Card flush title="Many tools at once">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b px-3 py-2">
        <span className="text-[0.8125rem]">Tools that nothing names</span>
        <Segmented
          label="Tools that nothing names"
          value={document.default === 'allow' ? 'allow' : 'deny'}
          disabled={frozen}
          onChange={(value) => set(['default'], value)}
          segments={[
            { value: 'deny', text: 'Deny', tone: 'bad' },
            { value: 'allow', text: 'Allow', tone: 'good' },
          ]}
        />
      </div>
      <button
        type="button"
        aria-current={chosen === undefined || undefined}
        onClick={() => onChoose(undefined)}
        className={classNames(
          'flex w-full items-center justify-between border-b px-3 py-2 text-left text-[0.8125rem] -outline-offset-2 hover:bg-hover',
          chosen === undefined && 'bg-hover',
        )}
      >
        <span className="font-medium">All tools</span>
        <span className="text-xs text-soft">
          {document.all_tools === undefined ? 'No rules' : counted(ruleCount(document.all_tools), 'rule')}
        </span>
      </button>
      <ul className="max-h-80 divide-y overflow-y-auto border-b">
        {wideSelectors(document, tools).map(({ selector, about }) => (
          <li key={selector}>
            <SubjectRow
              subject={selector}
              label={<Untrusted text={selector} most={80} />}
              below={<span className="block truncate text-xs text-soft">{about}</span>}
              chosen={chosen === selector}
              onChoose={() => onChoose(selector)}
            />
          </li>
        ))}
      </ul>
      <form onSubmit={add} className="p-2">
        <div className="flex gap-2">
          <TextInput
            mono
            aria-label="Pattern or name"
            aria-invalid={problem !== undefined}
            placeholder="Pattern, such as get_*"
            value={pattern}
            onChange={setPattern}
            disabled={frozen}
          />
          <Button type="submit" disabled={frozen || pattern.trim() === '' || problem !== undefined}>
            <Plus aria-hidden className="size-4" />
            Add
          </Button>
        </div>
        {problem !== undefined && <p className="mt-1 text-[0.8125rem] text-bad">{problem}</p>}
      </form>
    </Card>
  );
}
