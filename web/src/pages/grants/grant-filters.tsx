import type { Inventory } from '../../api/types.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { STATES, type GrantSearch } from './grant-search.ts';

/** What to look for. On a server's own page the server is not asked for. */
export function GrantFilters({
  items,
  ofServer,
  search,
  onChange,
}: {
  readonly items: readonly Inventory[];
  readonly ofServer: Inventory | undefined;
  readonly search: GrantSearch;
  readonly onChange: (search: GrantSearch) => void;
}) {
  const put = (part: GrantSearch): void =>
    onChange(Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value !== '')));
  const server = ofServer ?? items.find((item) => item.server.slug === search.server);
  return (
    <div className="flex flex-wrap gap-2 border-b p-3">
      <SearchBox label="Search grants" value={search.text ?? ''} onChange={(text) => put({ text })} />
      <div className="w-44 max-sm:flex-1">
        <Select
          aria-label="State"
          value={search.state ?? ''}
          onChange={(state) => put({ state })}
          choices={STATES}
        />
      </div>
      {ofServer === undefined && items.length > 1 && (
        <div className="w-48 max-sm:flex-1">
          <Select
            aria-label="Server"
            value={search.server ?? ''}
            onChange={(slug) => put({ server: slug, policy: '' })}
            choices={[
              { value: '', text: 'Every server' },
              ...items.map((item) => ({ value: item.server.slug, text: item.server.name })),
            ]}
          />
        </div>
      )}
      <div className="w-48 max-sm:flex-1">
        <Select
          aria-label="Policy"
          value={search.policy ?? ''}
          onChange={(policy) => put({ policy })}
          choices={[
            { value: '', text: 'Any policy or none' },
            { value: 'none', text: 'Without a policy' },
            ...policiesOf(server === undefined ? items : [server], server === undefined),
          ]}
        />
      </div>
    </div>
  );
}

function policiesOf(items: readonly Inventory[], withServer: boolean) {
  return items.flatMap(({ server, policies }) =>
    policies.map(({ id, name }) => ({ value: id, text: withServer ? `${name} (${server.name})` : name })),
  );
}
