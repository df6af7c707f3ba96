import type { JSONPath } from 'jsonc-parser';
import { Plus } from 'lucide-react';
import type { Limit, ToolRules } from '../../../../../src/policy/document.ts';
import type { ArgumentField } from '../../../policy/fields.ts';
import { newLimit } from '../../../policy/new-limit.ts';
import type { Subject } from '../../../policy/states.ts';
import { Button } from '../../../ui/button.tsx';
import { useBuilder } from '../builder-context.ts';
import { LimitEditor } from './limit-editor.tsx';

export function LimitsEditor({
  base,
  rules,
  fields,
  subject,
  gravest,
}: {
  readonly base: JSONPath;
  readonly rules: ToolRules | undefined;
  readonly fields: readonly ArgumentField[];
  readonly subject: Subject;
  readonly gravest: string;
}) {
  const { append, document } = useBuilder();
  const limits: readonly Limit[] = Array.isArray(rules?.limits) ? rules.limits : [];
  const taken = new Set(
    [document.all_tools, ...Object.values(document.tools ?? {})].flatMap((one) =>
      (Array.isArray(one?.limits) ? (one.limits as readonly Limit[]) : []).map(
        ({ counter }) => counter ?? '',
      ),
    ),
  );
  const add = (limit: Limit): void => append([...base, 'limits'], limit);
  return (
    <section aria-label="Limits">
      <h3 className="text-sm font-semibold">
        Limits{' '}
        <span className="text-[0.8125rem] font-normal text-soft">how often, how much, how many at once</span>
      </h3>
      <ol className="mt-2 space-y-2 empty:hidden">
        {limits.map((limit, index) => (
          <li key={index}>
            <LimitEditor path={[...base, 'limits', index]} limit={limit} fields={fields} />
          </li>
        ))}
      </ol>
      <div className="mt-1 flex flex-wrap gap-1">
        <Button small look="quiet" onClick={() => add(newLimit(subject, gravest, taken))}>
          <Plus aria-hidden className="size-3.5" />
          Add a rate limit
        </Button>
        <Button small look="quiet" onClick={() => add({ concurrent: 1 })}>
          <Plus aria-hidden className="size-3.5" />
          Add a cap on calls at once
        </Button>
      </div>
    </section>
  );
}
