import { Search } from 'lucide-react';
import { classNames } from '../lib/class-names.ts';
import { TextInput } from './text-input.tsx';

export function SearchBox({
  value,
  onChange,
  label,
  wide = false,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  /** As wide as there is room. */
  readonly wide?: boolean;
}) {
  return (
    <div className={classNames('relative min-w-28 flex-1', !wide && 'sm:max-w-96')}>
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-soft" />
      <TextInput
        type="search"
        value={value}
        onChange={onChange}
        aria-label={label}
        placeholder={label}
        className="pl-8"
      />
    </div>
  );
}
