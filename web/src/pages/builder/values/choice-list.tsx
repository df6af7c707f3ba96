import { Checkbox } from '../../../ui/checkbox.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';

const MOST = 100;

/** Any of some given values. */
export function ChoiceList({
  label,
  choices,
  value,
  onChange,
}: {
  readonly label: string;
  readonly choices: readonly unknown[];
  readonly value: unknown;
  readonly onChange: (value: readonly unknown[]) => void;
}) {
  const chosen: readonly unknown[] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const all = [...choices.slice(0, MOST), ...chosen.filter((one) => !choices.includes(one))];
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-x-4">
      {all.map((choice) => (
        <Checkbox
          key={JSON.stringify(choice)}
          checked={chosen.includes(choice)}
          onChange={(checked) =>
            onChange(checked ? [...chosen, choice] : chosen.filter((one) => one !== choice))
          }
        >
          <Untrusted text={String(choice)} most={60} className="font-mono text-[0.8125rem]" />
        </Checkbox>
      ))}
    </div>
  );
}
