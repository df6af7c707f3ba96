import type { Inventory, ToolClass } from '../../api/types.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { CLASS_CHOICES } from '../server/tools/class-choices.ts';

export interface StackSearch {
  readonly class?: string;
  readonly server?: string;
  readonly text?: string;
}

export function StackFilters({
  items,
  search,
  onChange,
}: {
  readonly items: readonly Inventory[];
  readonly search: StackSearch;
  readonly onChange: (search: StackSearch) => void;
}) {
  const put = (part: StackSearch): void =>
    onChange(Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value !== '')));
  return (
    <div className="flex flex-wrap gap-2 border-b p-3">
      <div className="flex flex-1 max-sm:basis-full">
        <SearchBox
          label="Search tools, servers and grants"
          value={search.text ?? ''}
          onChange={(text) => put({ text })}
        />
      </div>
      <div className="w-40 max-sm:w-auto max-sm:flex-1">
        <Select
          aria-label="Class"
          value={(search.class ?? '') as ToolClass | ''}
          onChange={(value) => put({ class: value })}
          choices={CLASS_CHOICES}
        />
      </div>
      <div className="w-44 max-sm:w-auto max-sm:flex-1">
        <Select
          aria-label="Server"
          value={search.server ?? ''}
          onChange={(server) => put({ server })}
          choices={[
            { value: '', text: 'Every server' },
            ...items.map(({ server }) => ({ value: server.slug, text: server.name })),
          ]}
        />
      </div>
    </div>
  );
}
