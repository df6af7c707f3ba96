import { useState } from 'react';
import { TextArea } from '../../../ui/text-area.tsx';

export function JsonValue({
  value,
  onChange,
}: {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState(false);
  return (
    <div>
      <TextArea
        mono
        rows={5}
        aria-label="JSON Schema"
        aria-invalid={wrong}
        value={typed ?? JSON.stringify(value, null, 2) ?? '{}'}
        onChange={(text) => {
          setTyped(text);
          try {
            onChange(JSON.parse(text));
            setWrong(false);
          } catch {
            setWrong(true);
          }
        }}
      />
      {wrong && <p className="text-xs text-bad">Not JSON yet: the policy keeps the last that was.</p>}
    </div>
  );
}
