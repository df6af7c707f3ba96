import { useQueries } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { catalogToolQuery, policyTextOf } from '../../api/queries/catalog.ts';
import { policiesQuery } from '../../api/queries/policies.ts';
import { serverQuery, toolsQuery } from '../../api/queries/servers.ts';
import { useMe } from '../../app/use-me.ts';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { NewPolicy } from './new-policy.tsx';

export function NewPolicyPage() {
  const { may } = useMe();
  const { server: id } = useParams({ from: '/shell/servers/$server/policies/new' });
  const { catalog, tool } = useSearch({ from: '/shell/servers/$server/policies/new' });
  const fromCatalog = catalog !== undefined && tool !== undefined;
  const [server, tools, policies, rule] = useQueries({
    queries: [
      serverQuery(id),
      toolsQuery(id),
      policiesQuery(id),
      { ...catalogToolQuery(catalog ?? '', tool ?? ''), enabled: fromCatalog },
    ],
  });
  const failed = [server, tools, policies, rule].find(({ isError, data }) => isError && data === undefined);
  if (failed !== undefined)
    return (
      <ProblemNotice
        error={failed.error}
        what="The builder could not be opened"
        onRetry={() => void failed.refetch()}
      />
    );
  if (!may('policy_manager'))
    return <Notice>Only policy managers and admins make policies. Ask one of yours.</Notice>;
  if (
    server.data === undefined ||
    tools.data === undefined ||
    policies.data === undefined ||
    (fromCatalog && rule.data === undefined)
  )
    return <Loading what="Reading the server's tools…" />;
  return (
    <NewPolicy
      server={server.data}
      tools={tools.data}
      taken={policies.data.map(({ name }) => name)}
      beginning={rule.data === undefined ? undefined : policyTextOf(rule.data)}
    />
  );
}
