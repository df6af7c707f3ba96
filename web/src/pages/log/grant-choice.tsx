import { useState } from 'react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { grantQuery, grantsQuery } from '../../api/queries/grants.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { More } from '../../ui/more.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';

/** No grant has it as its id. */
const ANOTHER = '…';

/** A grant to look for: the newest to choose from, the others to search for. */
export function GrantChoice({
  server,
  value,
  onChange,
}: {
  readonly server: string | undefined;
  /** Id; empty for every grant. */
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const [searching, setSearching] = useState(false);
  const newest = useInfiniteQuery(grantsQuery(server === undefined ? {} : { server }));
  const listed = newest.data?.pages.flatMap(({ items }) => items) ?? [];
  const isListed = value === '' || listed.some(({ id }) => id === value);
  const { data: chosen } = useQuery({ ...grantQuery(value), enabled: !isListed, retry: false });
  return (
    <>
      <Select
        aria-label="Grant"
        value={value}
        onChange={(id) => (id === ANOTHER ? setSearching(true) : onChange(id))}
        choices={[
          { value: '', text: 'Every grant' },
          ...(isListed ? [] : [{ value, text: chosen?.label ?? value }]),
          ...listed.map(({ id, label }) => ({ value: id, text: label })),
          ...(newest.hasNextPage ? [{ value: ANOTHER, text: 'Another grant…' }] : []),
        ]}
      />
      {searching && (
        <SearchDialog
          server={server}
          onClose={() => setSearching(false)}
          onChoose={(id) => {
            setSearching(false);
            onChange(id);
          }}
        />
      )}
    </>
  );
}

function SearchDialog({
  server,
  onClose,
  onChoose,
}: {
  readonly server: string | undefined;
  readonly onClose: () => void;
  readonly onChoose: (id: string) => void;
}) {
  const [text, setText] = useState('');
  const words = useSettled(text.trim());
  const grants = useInfiniteQuery(
    grantsQuery({ ...(server === undefined ? {} : { server }), ...(words === '' ? {} : { text: words }) }),
  );
  return (
    <Dialog title="Choose a grant" onClose={onClose}>
      <div className="space-y-3">
        <SearchBox label="Search grants" value={text} onChange={setText} />
        <Shown query={grants} what="The grants could not be read">
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <p className="text-soft">No grant fits: change the search.</p>;
            return (
              <VirtualList
                label="Grants that fit"
                items={items}
                keyOf={({ id }) => id}
                estimate={40}
                className="max-h-[50dvh] rounded-md border"
                row={({ id, label, owner }) => (
                  <button
                    type="button"
                    onClick={() => onChoose(id)}
                    className="flex w-full justify-between gap-3 px-3 py-2 text-left -outline-offset-2 hover:bg-hover"
                  >
                    <Untrusted text={label} most={120} />
                    <span className="text-soft">
                      <Untrusted text={owner ?? ''} most={80} />
                    </span>
                  </button>
                )}
              />
            );
          }}
        </Shown>
        <More query={grants} />
      </div>
    </Dialog>
  );
}
