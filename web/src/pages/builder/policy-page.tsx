import { useQueries, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { policyQuery, versionsQuery } from '../../api/queries/policies.ts';
import { serverQuery, toolsQuery } from '../../api/queries/servers.ts';
import type { Policy } from '../../api/types.ts';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { PolicyEditor } from './policy-editor.tsx';

export function PolicyPage() {
  const { policy: id } = useParams({ from: '/shell/policies/$policy' });
  const policy = useQuery(policyQuery(id));
  return (
    <Shown query={policy} what="The policy could not be read">
      {(found) => <WithParts key={id} policy={found} />}
    </Shown>
  );
}

function WithParts({ policy }: { readonly policy: Policy }) {
  const [server, tools, versions] = useQueries({
    queries: [serverQuery(policy.serverId), toolsQuery(policy.serverId), versionsQuery(policy.id)],
  });
  const failed = [server, tools, versions].find(({ isError }) => isError);
  if (failed !== undefined)
    return (
      <ProblemNotice
        error={failed.error}
        what="The builder could not be opened"
        onRetry={() => void failed.refetch()}
      />
    );
  if (server.data === undefined || tools.data === undefined || versions.data === undefined)
    return <Loading what="Reading the policy and the server's tools…" />;
  const written = versions.data.find(({ version }) => version === policy.version)?.written;
  return (
    <PolicyEditor
      policy={policy}
      server={server.data}
      tools={tools.data}
      written={startText(policy, written)}
    />
  );
}

/** As it was written, when that was JSON; YAML is shown in its canonical form. */
function startText(policy: Policy, written: string | undefined): string {
  return written !== undefined && /^\s*(?:\{|\/[/*])/.test(written)
    ? written
    : `${JSON.stringify(policy.document, null, 2)}\n`;
}
