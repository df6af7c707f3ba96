import { lazy, Suspense, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { versionsQuery } from '../../../api/queries/policies.ts';
import type { Policy, PolicyVersion } from '../../../api/types.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { RollBack } from './roll-back.tsx';

const DiffView = lazy(() => import('./diff-view.tsx').then(({ DiffView }) => ({ default: DiffView })));

/** Every version that was saved: what changed, who did it and why, and the way back. */
export function VersionsPanel({
  policy,
  text,
  mayEdit,
  onRolledBack,
}: {
  readonly policy: Policy;
  /** As it stands in the builder. */
  readonly text: string;
  readonly mayEdit: boolean;
  readonly onRolledBack: () => void;
}) {
  const versions = useQuery(versionsQuery(policy.id));
  const [compared, setCompared] = useState<PolicyVersion>();
  const [target, setTarget] = useState<PolicyVersion>();
  return (
    <Shown query={versions} what="The versions could not be read">
      {(all) => (
        <>
          <ol className="divide-y">
            {all.map((version) => (
              <li key={version.version} className="flex flex-wrap items-start justify-between gap-2 py-2">
                <div className="min-w-0">
                  <p className="text-sm font-medium">
                    Version {version.version}
                    {version.version === policy.version && (
                      <span className="font-normal text-soft"> · in force</span>
                    )}
                  </p>
                  {version.note !== null && (
                    <p className="text-sm">
                      <Untrusted text={version.note} most={400} />
                    </p>
                  )}
                  <p className="text-xs text-soft">
                    <TimeAgo time={version.createdAt} /> by <Untrusted text={version.author} most={80} />
                  </p>
                </div>
                <div className="flex gap-1">
                  <Button small onClick={() => setCompared(version)}>
                    Compare
                  </Button>
                  {mayEdit && version.version !== policy.version && (
                    <Button small onClick={() => setTarget(version)}>
                      Roll back
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ol>
          {compared && (
            <Dialog
              wide
              title={`Version ${compared.version} and the policy as it stands here`}
              onClose={() => setCompared(undefined)}
            >
              <Suspense fallback={<Loading what="Comparing…" />}>
                <DiffView before={compared.written} after={text} />
              </Suspense>
            </Dialog>
          )}
          {target && (
            <RollBack
              policy={policy}
              target={target}
              onClose={() => setTarget(undefined)}
              onDone={onRolledBack}
            />
          )}
        </>
      )}
    </Shown>
  );
}
