import type { JSONPath } from 'jsonc-parser';
import { X } from 'lucide-react';
import type { Comparison } from '../../../../../src/policy/document.ts';
import type { ArgumentField } from '../../../policy/fields.ts';
import { firstValue, OPERATOR_LOOKS, operatorsFor } from '../../../policy/operators.ts';
import { harmless } from '../../../lib/harmless.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { useBuilder } from '../builder-context.ts';
import { ValueEditor } from '../values/value-editor.tsx';
import { FieldPicker } from './field-picker.tsx';
import { firstCondition } from './first-condition.ts';

/** An argument, an operator that fits it, and a value with the editor that fits both. */
export function ComparisonEditor({
  path,
  comparison,
  fields,
  onRemove,
}: {
  readonly path: JSONPath;
  readonly comparison: Comparison;
  readonly fields: readonly ArgumentField[];
  readonly onRemove: () => void;
}) {
  const { set } = useBuilder();
  const field = fields.find((one) => one.path === comparison.path);
  const kind = field?.kind ?? 'any';
  const values = field?.values ?? [];
  const changeField = (chosen: string): void => {
    const known = fields.find((one) => one.path === chosen);
    const fits = known === undefined || operatorsFor(known.kind).includes(comparison.op);
    set(path, fits ? { ...comparison, path: chosen } : firstCondition(fields, known));
  };
  const changeOperator = (op: string): void => {
    const same = OPERATOR_LOOKS[op]?.value === OPERATOR_LOOKS[comparison.op]?.value;
    set(path, { ...comparison, op, value: same ? comparison.value : firstValue(op, kind, values) });
  };
  return (
    <div className="space-y-1.5">
      <div className="flex gap-1.5">
        <div className="flex min-w-0 flex-1 flex-wrap gap-1.5">
          <div className="min-w-0 grow-2 basis-28">
            <FieldPicker label="Argument" value={comparison.path} fields={fields} onChange={changeField} />
          </div>
          <div className="min-w-0 grow-3 basis-44">
            <Select
              aria-label="Operator"
              value={comparison.op}
              onChange={changeOperator}
              choices={operatorsFor(kind, comparison.op).map((op) => ({
                value: op,
                text: OPERATOR_LOOKS[op]?.reads ?? op,
              }))}
            />
          </div>
        </div>
        <IconButton label="Remove this condition" onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
      </div>
      <ValueEditor
        kind={OPERATOR_LOOKS[comparison.op]?.value ?? 'any'}
        field={field}
        value={comparison.value}
        onChange={(value) => set([...path, 'value'], value)}
      />
      {field !== undefined && field.description !== '' && (
        <p className="line-clamp-2 text-xs text-soft">{harmless(field.description, 200)}</p>
      )}
    </div>
  );
}
