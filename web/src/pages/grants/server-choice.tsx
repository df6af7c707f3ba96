import { useState } from 'react';
import type { Inventory } from '../../api/types.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

/** Policy by server; an empty one denies every call. */
export type Reached = Readonly<Record<string, string>>;

/** From how many servers on they are searched. */
const SEARCHED = 10;

/** Servers to tick, each under a policy of its own. */
export function ServerChoice({
  legend,
  items,
  value,
  onChange,
}: {
  readonly legend: string;
  readonly items: readonly Inventory[];
  readonly value: Reached;
  readonly onChange: (value: Reached) => void;
}) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  // What is chosen stays in sight.
  const shown = items.filter(
    ({ server }) => value[server.id] !== undefined || server.name.toLowerCase().includes(wanted),
  );
  const choose = (id: string, policyId: string | undefined): void => {
    const { [id]: _, ...rest } = value;
    onChange(policyId === undefined ? rest : { ...rest, [id]: policyId });
  };
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <p className="text-[0.8125rem] text-soft">
        With several of them, the client meets all at one address, each tool under its server’s name.
      </p>
      {items.length > SEARCHED && <SearchBox wide label="Find a server" value={text} onChange={setText} />}
      <div className={items.length > SEARCHED ? 'max-h-64 space-y-2 overflow-y-auto p-1' : 'space-y-2'}>
        {shown.length === 0 && <p className="text-[0.8125rem] text-soft">No server has this in its name.</p>}
        {shown.map(({ server, policies }) => (
          <div key={server.id} className="flex flex-wrap items-center justify-between gap-2">
            <Checkbox
              checked={value[server.id] !== undefined}
              onChange={(wanted) => choose(server.id, wanted ? (policies[0]?.id ?? '') : undefined)}
            >
              <Untrusted text={server.name} most={100} />
            </Checkbox>
            {value[server.id] !== undefined && (
              <div className="w-56">
                <Select
                  aria-label={`Policy on ${server.name}`}
                  value={value[server.id] ?? ''}
                  onChange={(policyId) => choose(server.id, policyId)}
                  choices={[
                    ...policies.map(({ id, name }) => ({ value: id, text: name })),
                    { value: '', text: 'No policy: all denied' },
                  ]}
                />
              </div>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
