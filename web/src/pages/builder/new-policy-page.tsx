import { useQueries } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { catalogToolQuery, policyTextOf } from '../../api/queries/catalog.ts';
import { serverQuery, toolsQuery } from '../../api/queries/servers.ts';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { NewPolicy } from './new-policy.tsx';

export function NewPolicyPage() {
  const { server: id } = useParams({ from: '/shell/servers/$server/policies/new' });
  const { catalog, tool } = useSearch({ from: '/shell/servers/$server/policies/new' });
  const fromCatalog = catalog !== undefined && tool !== undefined;
  const [server, tools, rule] = useQueries({
    queries: [
      serverQuery(id),
      toolsQuery(id),
      { ...catalogToolQuery(catalog ?? '', tool ?? ''), enabled: fromCatalog },
    ],
  });
  const failed = [server, tools, rule].find(({ isError }) => isError);
  if (failed !== undefined)
    return (
      <ProblemNotice
        error={failed.error}
        what="The builder could not be opened"
        onRetry={() => void failed.refetch()}
      />
    );
  if (server.data === undefined || tools.data === undefined || (fromCatalog && rule.data === undefined))
    return <Loading what="Reading the server's tools…" />;
  return (
    <NewPolicy
      server={server.data}
      tools={tools.data}
      beginning={rule.data === undefined ? undefined : policyTextOf(rule.data)}
    />
  );
}
