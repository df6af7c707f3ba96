import type { JSONPath } from 'jsonc-parser';
import { Trash2 } from 'lucide-react';
import type { Limit } from '../../../../../src/policy/document.ts';
import { limitText } from '../../../policy/condition-text.ts';
import type { ArgumentField } from '../../../policy/fields.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { useBuilder } from '../builder-context.ts';
import { NumberInput } from '../values/number-input.tsx';
import { LimitDetails } from './limit-details.tsx';
import { WindowPicker } from './window-picker.tsx';

const SCOPES = [
  { value: 'grant', text: 'with one grant' },
  { value: 'session', text: 'in one session' },
  { value: 'server', text: 'on this server' },
  { value: 'organization', text: 'in the organization' },
] as const;

/** One limit as a sentence with its numbers to fill in; the rest below. */
export function LimitEditor({
  path,
  limit,
  fields,
}: {
  readonly path: JSONPath;
  readonly limit: Limit;
  readonly fields: readonly ArgumentField[];
}) {
  const { remove, set } = useBuilder();
  const rate = !('concurrent' in limit);
  return (
    <div role="group" aria-label={limitText(limit)} className="space-y-2 rounded-md border bg-sunken p-2.5">
      <div className="flex items-start gap-1">
        <div className="grid flex-1 grid-cols-[4.5rem_minmax(0,1fr)] items-center gap-2 text-[0.8125rem]">
          {rate ? (
            <>
              <NumberInput
                label="At most"
                min={0}
                value={limit.max}
                onChange={(value) => set([...path, 'max'], value)}
              />
              <WindowPicker value={limit.window} onChange={(value) => set([...path, 'window'], value)} />
            </>
          ) : (
            <>
              <NumberInput
                label="At most at once"
                min={1}
                value={limit.concurrent}
                onChange={(value) => set([...path, 'concurrent'], value)}
              />
              <span>calls at once</span>
            </>
          )}
          <div className="col-span-2">
            <Select
              aria-label="Counted together"
              value={limit.scope ?? 'grant'}
              choices={SCOPES}
              onChange={(value) => set([...path, 'scope'], value)}
            />
          </div>
        </div>
        <IconButton label="Remove this limit" onClick={() => remove(path)}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <LimitDetails path={path} limit={limit} fields={fields} />
    </div>
  );
}
