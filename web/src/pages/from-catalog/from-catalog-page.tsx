import { useQueries } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { catalogToolQuery, policyTextOf } from '../../api/queries/catalog.ts';
import { serversQuery } from '../../api/queries/servers.ts';
import { Card } from '../../ui/card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** Where the catalogue's "open in the builder" lands: the rule, and the servers that it can be put in front of. */
export function FromCatalogPage() {
  const { catalog = '', tool = '' } = useSearch({ from: '/shell/servers/new' });
  const [found, servers] = useQueries({ queries: [catalogToolQuery(catalog, tool), serversQuery()] });
  const failed = [found, servers].find(({ isError }) => isError);
  if (failed !== undefined)
    return (
      <>
        <PageHeader title="A rule of the catalogue" />
        <ProblemNotice
          error={failed.error}
          what="The rule of the catalogue could not be read"
          onRetry={() => void failed.refetch()}
        />
      </>
    );
  if (found.data === undefined || servers.data === undefined) return <Loading what="Reading the rule…" />;
  return (
    <>
      <PageHeader
        title={`A rule for ${tool}`}
        description="Choose the server that has this tool. The builder opens with the rule in place; nothing is saved before you say so."
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <Card>
          <h2 className="mb-2 font-medium">Servers</h2>
          <ul className="grid gap-2">
            {servers.data.map((server) => (
              <li key={server.id}>
                <Link
                  className="underline"
                  to="/servers/$server/policies/new"
                  params={{ server: server.slug }}
                  search={{ catalog, tool }}
                >
                  {server.name}
                </Link>
              </li>
            ))}
            <li>
              <Link className="underline" to="/servers/add">
                Register a server first
              </Link>
            </li>
          </ul>
        </Card>
        <Card>
          <h2 className="mb-2 font-medium">policy.json</h2>
          <pre className="overflow-x-auto text-[0.8125rem]">{policyTextOf(found.data)}</pre>
        </Card>
      </div>
    </>
  );
}
