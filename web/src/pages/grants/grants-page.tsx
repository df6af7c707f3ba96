import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Shown } from '../../ui/shown.tsx';
import { AddServer } from '../servers/add-server.tsx';
import { GrantList } from './grant-list.tsx';

/** The address holds the search, so it can be shared. */
export function GrantsPage() {
  const search = useSearch({ from: '/shell/grants' });
  const navigate = useNavigate({ from: '/grants' });
  const inventory = useQuery(inventoryQuery());
  return (
    <>
      <PageHeader
        title="Grants"
        description="A grant lets one client reach one server or several, each under its policy. Its token is what the client gets."
        actions={
          <Link to="/start" className={buttonClasses()}>
            Connect a client step by step
          </Link>
        }
      />
      <Shown query={inventory} what="The grants could not be read">
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyState icon={KeyRound} title="A grant belongs to a server" action={<AddServer />}>
                Add a server first, then mint a grant for each client that may use it.
              </EmptyState>
            </Card>
          ) : (
            <GrantList
              items={items}
              search={search}
              onSearch={(next) => void navigate({ search: next, replace: true })}
            />
          )
        }
      </Shown>
    </>
  );
}
