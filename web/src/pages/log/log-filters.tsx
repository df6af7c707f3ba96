import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import { Button } from '../../ui/button.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { GrantChoice } from './grant-choice.tsx';
import type { LogSearch } from './log-filter.ts';

const OUTCOMES = [
  { value: '', text: 'Every outcome' },
  { value: 'allow', text: 'Allowed' },
  { value: 'deny', text: 'Denied' },
  { value: 'needs_approval', text: 'Asked' },
  { value: 'error', text: 'Error' },
  { value: 'unknown', text: 'Unknown' },
];

export function LogFilters() {
  const search = useSearch({ from: '/shell/log' });
  const navigate = useNavigate({ from: '/log' });
  const { data: items = [] } = useQuery(inventoryQuery());
  const put = (part: LogSearch): void => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined && value !== ''),
    );
    void navigate({ search: next, replace: true });
  };
  const filtered = Object.keys(search).some((name) => name !== 'call');
  return (
    <div className="grid grid-cols-2 gap-2 border-b p-3 md:grid-cols-4 2xl:grid-cols-8">
      <div className="col-span-2 flex">
        <SearchBox wide label="Search the log" value={search.text ?? ''} onChange={(text) => put({ text })} />
      </div>
      <Select
        aria-label="Server"
        value={search.server ?? ''}
        onChange={(server) => put({ server, grant: '' })}
        choices={[
          { value: '', text: 'Every server' },
          ...items.map(({ server }) => ({ value: server.slug, text: server.name })),
        ]}
      />
      <GrantChoice server={search.server} value={search.grant ?? ''} onChange={(grant) => put({ grant })} />
      <Select
        aria-label="Outcome"
        value={search.outcome ?? ''}
        onChange={(outcome) => put({ outcome })}
        choices={OUTCOMES}
      />
      <TextInput
        aria-label="Tool"
        mono
        placeholder="Tool (whole name)"
        value={search.tool ?? ''}
        onChange={(tool) => put({ tool })}
      />
      <TextInput
        aria-label="Rule"
        mono
        placeholder="Rule (whole)"
        value={search.rule ?? ''}
        onChange={(rule) => put({ rule })}
      />
      <div className="col-span-2 flex flex-wrap items-center gap-2 md:col-span-4 2xl:col-span-8">
        <label className="flex min-w-0 items-center gap-2 text-[0.8125rem] text-soft">
          From
          <TextInput type="datetime-local" value={search.from ?? ''} onChange={(from) => put({ from })} />
        </label>
        <label className="flex min-w-0 items-center gap-2 text-[0.8125rem] text-soft">
          to
          <TextInput type="datetime-local" value={search.to ?? ''} onChange={(to) => put({ to })} />
        </label>
        {filtered && (
          <Button small look="quiet" onClick={() => void navigate({ search: {}, replace: true })}>
            Clear
          </Button>
        )}
      </div>
    </div>
  );
}
