import { Select } from '../../../ui/select.tsx';
import { NumberInput } from '../values/number-input.tsx';

const WINDOWS = [
  { value: 'minute', text: 'a minute' },
  { value: 'hour', text: 'an hour' },
  { value: 'day', text: 'a day' },
  { value: 'seconds', text: 'in… seconds' },
] as const;

/** A span of the calendar, or whole seconds. */
export function WindowPicker({
  value,
  onChange,
}: {
  readonly value: unknown;
  readonly onChange: (value: string | number) => void;
}) {
  const seconds = typeof value === 'number';
  return (
    <div className="flex gap-1.5">
      <Select
        aria-label="Window"
        value={seconds ? 'seconds' : String(value)}
        choices={WINDOWS}
        onChange={(chosen) => onChange(chosen === 'seconds' ? 10 : chosen)}
      />
      {seconds && <NumberInput label="Seconds" min={1} value={value} onChange={onChange} />}
    </div>
  );
}
