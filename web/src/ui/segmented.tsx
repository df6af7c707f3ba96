import { useId } from 'react';
import { classNames } from '../lib/class-names.ts';
import type { Tone } from './badge.tsx';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly text: string;
  readonly title?: string;
  readonly tone?: Tone;
}

/** One of a few: radio buttons in a row, so that arrow keys work. */
export function Segmented<Value extends string>({
  label,
  value,
  segments,
  onChange,
  disabled = false,
}: {
  readonly label: string;
  readonly value: Value;
  readonly segments: readonly Segment<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex max-w-full flex-wrap rounded-md border border-edge bg-sunken p-0.5"
    >
      {segments.map((segment) => (
        <label
          key={segment.value}
          title={segment.title}
          className={classNames(
            'relative inline-flex min-h-7 items-center rounded px-2 text-[0.8125rem] font-medium',
            'has-focus-visible:outline-2 has-focus-visible:outline-accent',
            segment.value !== value
              ? 'text-soft hover:text-ink'
              : segment.tone === undefined
                ? 'bg-panel text-ink shadow-[0_0_0_1px_var(--edge)]'
                : `toned tone-${segment.tone} shadow-sm`,
          )}
        >
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            disabled={disabled}
            onChange={() => onChange(segment.value)}
            className="absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
          />
          {segment.text}
        </label>
      ))}
    </div>
  );
}
