import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { catalogSearchQuery } from '../../../api/queries/catalog.ts';
import type { CatalogServer } from '../../../api/types.ts';
import { counted } from '../../../lib/number-text.ts';
import { Button } from '../../../ui/button.tsx';
import { SearchBox } from '../../../ui/search-box.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import type { Prefilled } from './add-by-url.tsx';

/** Finds a server in the catalogue; choosing one fills in the form. */
export function AddFromCatalog({ onChoose }: { readonly onChoose: (chosen: Prefilled) => void }) {
  const [words, setWords] = useState('');
  const found = useQuery({ ...catalogSearchQuery(words), placeholderData: keepPreviousData });
  return (
    <div className="space-y-3">
      <SearchBox label="Search the catalogue" value={words} onChange={setWords} />
      <Shown query={found} what="The catalogue could not be searched">
        {({ items }) =>
          items.length === 0 ? (
            <p role="status" className="text-soft">
              {words === ''
                ? 'The catalogue is empty. An operator fills it with "portcullis catalog import".'
                : 'Nothing in the catalogue has these words.'}
            </p>
          ) : (
            <ul aria-label="Servers of the catalogue" className="divide-y rounded-md border">
              {items
                .toSorted((one, other) => Number(runs(one)) - Number(runs(other)))
                .map((server) => (
                  <CatalogRow key={server.slug} server={server} onChoose={onChoose} />
                ))}
            </ul>
          )
        }
      </Shown>
    </div>
  );
}

function CatalogRow({
  server: { title, description, remotes, toolCount },
  onChoose,
}: {
  readonly server: CatalogServer;
  readonly onChoose: (chosen: Prefilled) => void;
}) {
  const usable = addresses(remotes);
  return (
    <li className="flex flex-wrap items-start justify-between gap-2 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          <Untrusted text={title} most={100} />{' '}
          <span className="text-[0.8125rem] font-normal text-soft">{counted(toolCount, 'tool')}</span>
        </p>
        {description !== null && (
          <p className="text-[0.8125rem] text-soft">
            <Untrusted text={description} most={200} />
          </p>
        )}
        {usable.length === 0 && (
          <p className="text-[0.8125rem] text-soft">
            It runs as a program: add it with <code>portcullis server add --stdio</code>.
          </p>
        )}
      </div>
      <span className="flex flex-wrap gap-2">
        {usable.slice(0, 2).map(({ transport, url }) => (
          <Button
            key={url}
            small
            aria-label={`Use ${title}${usable.length > 1 ? ` (${transport})` : ''}`}
            onClick={() => onChoose({ name: title, url, transport })}
          >
            {usable.length > 1 ? `Use it (${transport})` : 'Use it'}
          </Button>
        ))}
      </span>
    </li>
  );
}

function addresses(remotes: CatalogServer['remotes']) {
  return remotes.flatMap(({ type, url }) => (type === 'stdio' ? [] : [{ transport: type, url }]));
}

/** Whether it can only be started as a program: what can be added here comes first. */
function runs({ remotes }: CatalogServer): boolean {
  return addresses(remotes).length === 0;
}
