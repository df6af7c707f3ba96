import type { ArgumentField } from '../../../policy/fields.ts';
import type { ValueKind } from '../../../policy/operators.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { ChoiceList } from './choice-list.tsx';
import { CodeValue } from './code-value.tsx';
import { JsonValue } from './json-value.tsx';
import { LinesValue } from './lines-value.tsx';
import { NumberInput } from './number-input.tsx';
import { RegexValue } from './regex-value.tsx';
import { SingleValue } from './single-value.tsx';

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const LINES: Readonly<Partial<Record<ValueKind, readonly [label: string, example: string]>>> = {
  hosts: ['Hosts, one a line', 'api.example.com\n*.example.org'],
  schemes: ['Schemes, one a line', 'https'],
  roots: ['Folders, one a line', '/workspace'],
  domains: ['Domains, one a line', 'example.com'],
  addresses: ['Addresses or networks, one a line', '10.0.0.0/8'],
  texts: ['Values, one a line', ''],
};

interface ValueEditorProps {
  readonly kind: ValueKind;
  readonly field: ArgumentField | undefined;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** Edits the value of a condition, by what its operator takes and what the argument is. */
export function ValueEditor({ kind, field, value, onChange }: ValueEditorProps) {
  const lines = LINES[kind];
  if (lines !== undefined)
    return <LinesValue label={lines[0]} example={lines[1]} value={value} onChange={onChange} />;
  switch (kind) {
    case 'any':
      return <SingleValue field={field} value={value} onChange={onChange} />;
    case 'anyList':
      return field !== undefined && field.values.length > 0 ? (
        <ChoiceList label="Values" choices={field.values} value={value} onChange={onChange} />
      ) : (
        <LinesValue
          label="Values, one a line"
          example=""
          value={value}
          numbers={field?.kind === 'number'}
          onChange={onChange}
        />
      );
    case 'number':
    case 'length':
      return <NumberInput label="Value" value={value} onChange={onChange} />;
    case 'between': {
      const [from, to] = Array.isArray(value) ? (value as readonly unknown[]) : [0, 0];
      return (
        <div className="flex items-center gap-2 text-[0.8125rem]">
          <NumberInput label="From" value={from} onChange={(one) => onChange([one, to])} />
          and
          <NumberInput label="To" value={to} onChange={(one) => onChange([from, one])} />
        </div>
      );
    }
    case 'boolean':
      return (
        <Checkbox checked={value !== false} onChange={onChange}>
          {value === false ? 'No' : 'Yes'}
        </Checkbox>
      );
    case 'regex':
      return <RegexValue value={String(value ?? '')} onChange={onChange} />;
    case 'type':
      return (
        <Select
          aria-label="Type"
          value={String(value)}
          onChange={onChange}
          choices={TYPES.map((one) => ({ value: one, text: one }))}
        />
      );
    case 'weekdays':
      return <ChoiceList label="Days" choices={DAYS} value={value} onChange={onChange} />;
    case 'code':
      return <CodeValue value={value} onChange={onChange} />;
    case 'json':
      return <JsonValue value={value} onChange={onChange} />;
    default:
      return <TextInput mono aria-label="Value" value={String(value ?? '')} onChange={onChange} />;
  }
}
