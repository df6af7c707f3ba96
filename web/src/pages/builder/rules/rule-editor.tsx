import type { JSONPath } from 'jsonc-parser';
import { Plus, Trash2 } from 'lucide-react';
import type { ApprovalRule, Rule } from '../../../../../src/policy/document.ts';
import type { ArgumentField } from '../../../policy/fields.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { useBuilder } from '../builder-context.ts';
import { ConditionEditor } from './condition-editor.tsx';
import { firstCondition } from './first-condition.ts';
import type { RuleKind } from './rule-group.tsx';

/** Conditions that must hold together, and what people read when they do. */
export function RuleEditor({
  kind,
  path,
  rule,
  fields,
}: {
  readonly kind: RuleKind;
  readonly path: JSONPath;
  readonly rule: Rule & ApprovalRule;
  readonly fields: readonly ArgumentField[];
}) {
  const { append, remove, set } = useBuilder();
  const message = kind === 'approve_if' ? 'reason' : 'on_deny';
  return (
    <div className="space-y-2 rounded-md border bg-sunken p-2.5">
      <div className="flex items-start">
        <div className="min-w-0 flex-1 space-y-2">
          {rule.conditions.length === 0 && (
            <p className="py-1 text-[0.8125rem] text-soft">Holds for every call: it has no conditions.</p>
          )}
          {rule.conditions.map((condition, index) => (
            <div key={index}>
              {index > 0 && <p className="pb-1 text-xs font-medium text-soft">and</p>}
              <ConditionEditor
                path={[...path, 'conditions', index]}
                condition={condition}
                fields={fields}
                onRemove={() => set([...path, 'conditions', index], undefined)}
              />
            </div>
          ))}
        </div>
        <IconButton label="Remove this rule" onClick={() => remove(path)}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => append([...path, 'conditions'], firstCondition(fields))}>
          <Plus aria-hidden className="size-3.5" />
          And
        </Button>
        <Button
          small
          onClick={() =>
            append([...path, 'conditions'], { any_of: [firstCondition(fields), firstCondition(fields)] })
          }
        >
          <Plus aria-hidden className="size-3.5" />
          And one of…
        </Button>
      </div>
      <TextInput
        aria-label={
          kind === 'approve_if' ? 'What the approver reads' : 'What the agent reads when it is denied'
        }
        placeholder={
          kind === 'approve_if' ? 'What the approver reads (optional)' : 'What the agent reads (optional)'
        }
        value={rule[message] ?? ''}
        onChange={(value) => set([...path, message], value === '' ? undefined : value)}
      />
      {kind === 'approve_if' && (
        <label className="flex items-center gap-2 text-[0.8125rem]">
          <span className="text-soft">It may wait</span>
          <TextInput
            placeholder="15m"
            className="w-24!"
            value={rule.expires ?? ''}
            onChange={(value) => set([...path, 'expires'], value === '' ? undefined : value)}
          />
        </label>
      )}
    </div>
  );
}
