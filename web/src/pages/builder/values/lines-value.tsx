import { useState } from 'react';
import { TextArea } from '../../../ui/text-area.tsx';

/** A list of texts or numbers, one a line. */
export function LinesValue({
  label,
  example,
  value,
  numbers = false,
  mayBeEmpty = false,
  onChange,
}: {
  readonly label: string;
  readonly example: string;
  readonly value: unknown;
  readonly numbers?: boolean;
  /** Otherwise the policy keeps the last that was not. */
  readonly mayBeEmpty?: boolean;
  readonly onChange: (value: readonly unknown[]) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const text = Array.isArray(value) ? value.map(String).join('\n') : String(value ?? '');
  return (
    <TextArea
      mono
      rows={Math.min(8, Math.max(2, (typed ?? text).split('\n').length))}
      aria-label={label}
      placeholder={example}
      value={typed ?? text}
      onBlur={() => setTyped(undefined)}
      onChange={(next) => {
        setTyped(next);
        const lines = next
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
        const parsed = numbers ? lines.map(Number).filter(Number.isFinite) : lines;
        if (parsed.length > 0 || mayBeEmpty) onChange(parsed);
      }}
    />
  );
}
