import type { JSONPath } from 'jsonc-parser';
import { Plus } from 'lucide-react';
import type { Condition } from '../../../../../src/policy/document.ts';
import type { ArgumentField } from '../../../policy/fields.ts';
import { Button } from '../../../ui/button.tsx';
import { useBuilder } from '../builder-context.ts';
import { ComparisonEditor } from './comparison-editor.tsx';
import { firstCondition } from './first-condition.ts';

/** A comparison, or conditions within one: any of, all of, not. */
export function ConditionEditor({
  path,
  condition,
  fields,
  onRemove,
}: {
  readonly path: JSONPath;
  readonly condition: Condition;
  readonly fields: readonly ArgumentField[];
  readonly onRemove: () => void;
}) {
  if ('any_of' in condition)
    return (
      <ConditionList
        title="One of these"
        between="or"
        path={[...path, 'any_of']}
        conditions={condition.any_of}
        fields={fields}
        onRemove={onRemove}
      />
    );
  if ('all_of' in condition)
    return (
      <ConditionList
        title="All of these"
        between="and"
        path={[...path, 'all_of']}
        conditions={condition.all_of}
        fields={fields}
        onRemove={onRemove}
      />
    );
  if ('not' in condition)
    return (
      <div className="border-l-2 border-bad/60 pl-2.5">
        <p className="pb-1 text-xs font-medium">Not</p>
        <ConditionEditor
          path={[...path, 'not']}
          condition={condition.not}
          fields={fields}
          onRemove={onRemove}
        />
      </div>
    );
  return <ComparisonEditor path={path} comparison={condition} fields={fields} onRemove={onRemove} />;
}

function ConditionList({
  title,
  between,
  path,
  conditions,
  fields,
  onRemove,
}: {
  readonly title: string;
  readonly between: string;
  readonly path: JSONPath;
  readonly conditions: readonly Condition[];
  readonly fields: readonly ArgumentField[];
  readonly onRemove: () => void;
}) {
  const { append, set } = useBuilder();
  return (
    <div className="space-y-1.5 border-l-2 border-accent/60 pl-2.5">
      <p className="text-xs font-medium">{title}</p>
      {conditions.map((condition, index) => (
        <div key={index}>
          {index > 0 && <p className="pb-1 text-xs text-soft">{between}</p>}
          <ConditionEditor
            path={[...path, index]}
            condition={condition}
            fields={fields}
            onRemove={() => (conditions.length === 1 ? onRemove() : set([...path, index], undefined))}
          />
        </div>
      ))}
      <Button small look="quiet" onClick={() => append(path, firstCondition(fields))}>
        <Plus aria-hidden className="size-3.5" />
        {between === 'or' ? 'Or' : 'And'}
      </Button>
    </div>
  );
}
