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
  const withServer = ofServer === undefined && items.length > 1;
  const server = ofServer ?? items.find((item) => item.server.slug === search.server);
  return (
    <div className="grid grid-cols-2 gap-2 border-b p-3 sm:flex sm:flex-wrap">
      <div className="col-span-2 flex sm:flex-1">
        <SearchBox label="Search grants" value={search.text ?? ''} onChange={(text) => put({ text })} />
      </div>
      <div className="sm:w-44">
        <Select
          aria-label="State of grants"
          value={search.state ?? ''}
          onChange={(state) => put({ state })}
          choices={STATES}
        />
      </div>
      {withServer && (
        <div className="sm:w-48">
          <Select
            aria-label="Grants on server"
            value={search.server ?? ''}
            onChange={(slug) => put({ server: slug, policy: '' })}
            choices={[
              { value: '', text: 'Every server' },
              ...items.map((item) => ({ value: item.server.slug, text: item.server.name })),
            ]}
          />
        </div>
      )}
      <div className={withServer ? 'max-sm:col-span-2 sm:w-48' : 'sm:w-48'}>
        <Select
          aria-label="Grants under policy"
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
