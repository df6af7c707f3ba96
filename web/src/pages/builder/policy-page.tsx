import { useEffect, useRef } from 'react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { policyQuery, versionsQuery } from '../../api/queries/policies.ts';
import { serverQuery, toolsQuery } from '../../api/queries/servers.ts';
import type { Policy, PolicyVersion } from '../../api/types.ts';
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
  const current = versions.data?.find(({ version }) => version === policy.version);
  // What is shown goes together: a policy whose text has not arrived yet waits, and what somebody types stays meanwhile.
  const whole = useRef<{ readonly policy: Policy; readonly current: PolicyVersion }>(undefined);
  if (current !== undefined) whole.current = { policy, current };
  const { refetch } = versions;
  const isBehind = versions.data !== undefined && current === undefined;
  useEffect(() => {
    if (isBehind) void refetch();
  }, [isBehind, refetch]);
  const failed = [server, tools, versions].find(({ isError, data }) => isError && data === undefined);
  if (failed !== undefined)
    return (
      <ProblemNotice
        error={failed.error}
        what="The builder could not be opened"
        onRetry={() => void failed.refetch()}
      />
    );
  if (server.data === undefined || tools.data === undefined || whole.current === undefined)
    return <Loading what="Reading the policy and the server's tools…" />;
  return (
    <PolicyEditor
      policy={whole.current.policy}
      server={server.data}
      tools={tools.data}
      written={startText(whole.current.policy, whole.current.current.written)}
      author={whole.current.current.author}
    />
  );
}

/** As it was written, when that was JSON; YAML is shown in its canonical form. */
function startText(policy: Policy, written: string): string {
  return /^\s*(?:\{|\/[/*])/.test(written) ? written : `${JSON.stringify(policy.document, null, 2)}\n`;
}
