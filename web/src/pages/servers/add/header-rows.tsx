import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TextInput } from '../../../ui/text-input.tsx';

export interface HeaderRow {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

let last = 0;

function emptyRow(): HeaderRow {
  last += 1;
  return { id: last, name: '', value: '' };
}

/** Headers that go with every request to the server; their values can be written, not read. */
export function HeaderRows({
  rows,
  onChange,
}: {
  readonly rows: readonly HeaderRow[];
  readonly onChange: (rows: readonly HeaderRow[]) => void;
}) {
  const change = (id: number, part: Partial<HeaderRow>): void =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-[0.8125rem] font-medium">
        Headers <span className="font-normal text-soft">(optional; sealed, and never shown again)</span>
      </legend>
      <div className="space-y-2">
        {rows.map(({ id, name, value }, index) => (
          <div key={id} className="flex gap-2">
            <TextInput
              aria-label={`Name of header ${index + 1}`}
              placeholder="X-API-Key"
              mono
              value={name}
              onChange={(text) => change(id, { name: text })}
            />
            <TextInput
              aria-label={`Value of header ${index + 1}`}
              placeholder="Value"
              type="password"
              autoComplete="new-password"
              mono
              value={value}
              onChange={(text) => change(id, { value: text })}
            />
            <IconButton
              label={`Remove header ${index + 1}`}
              onClick={() => onChange(rows.filter((row) => row.id !== id))}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </div>
        ))}
        <Button small look="quiet" onClick={() => onChange([...rows, emptyRow()])}>
          <Plus aria-hidden className="size-3.5" />
          Add a header
        </Button>
      </div>
    </fieldset>
  );
}
