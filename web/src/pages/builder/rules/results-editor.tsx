import type { JSONPath } from 'jsonc-parser';
import type { ResultsMember } from '../../../../../src/policy/document.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { useBuilder } from '../builder-context.ts';

const REDACTIONS = [
  { name: 'secrets', text: 'Black out secrets' },
  { name: 'emails', text: 'Black out e-mail addresses' },
] as const;

/** What may come back. */
export function ResultsEditor({
  base,
  results,
}: {
  readonly base: JSONPath;
  readonly results: ResultsMember | undefined;
}) {
  const { set } = useBuilder();
  const redact: readonly string[] = Array.isArray(results?.redact) ? results.redact : [];
  const change = (next: ResultsMember): void => {
    const kept = Object.entries(next).filter(([, value]) => value !== undefined);
    set([...base, 'results'], kept.length === 0 ? undefined : Object.fromEntries(kept));
  };
  return (
    <section aria-label="Results">
      <h3 className="text-sm font-semibold">
        Results <span className="text-[0.8125rem] font-normal text-soft">what may come back</span>
      </h3>
      <div className="mt-1 flex flex-wrap items-center gap-x-5 gap-y-1">
        {REDACTIONS.map(({ name, text }) => (
          <Checkbox
            key={name}
            checked={redact.includes(name)}
            onChange={(checked) => {
              const next = checked ? [...redact, name] : redact.filter((one) => one !== name);
              change({ ...results, redact: next.length === 0 ? (undefined as never) : next });
            }}
          >
            {text}
          </Checkbox>
        ))}
        <label className="flex items-center gap-2 text-sm">
          At most
          <TextInput
            type="number"
            min={1}
            className="w-28!"
            placeholder="any"
            value={results?.max_bytes ?? ''}
            onChange={(text) =>
              change({
                ...results,
                max_bytes: text === '' ? (undefined as never) : Math.max(1, Math.floor(Number(text))),
              })
            }
          />
          bytes
        </label>
      </div>
    </section>
  );
}
