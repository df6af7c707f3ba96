import type { Inventory } from '../../api/types.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Select } from '../../ui/select.tsx';

/** Policy by server; an empty one denies every call. */
export type Reached = Readonly<Record<string, string>>;

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
      {items.map(({ server, policies }) => (
        <div key={server.id} className="flex flex-wrap items-center justify-between gap-2">
          <Checkbox
            checked={value[server.id] !== undefined}
            onChange={(wanted) => choose(server.id, wanted ? (policies[0]?.id ?? '') : undefined)}
          >
            {server.name}
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
    </fieldset>
  );
}
