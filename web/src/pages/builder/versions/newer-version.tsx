import { lazy, Suspense, useState } from 'react';
import { harmless } from '../../../lib/harmless.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Notice } from '../../../ui/notice.tsx';

const DiffView = lazy(() => import('./diff-view.tsx').then(({ DiffView }) => ({ default: DiffView })));

/** Somebody else saved while this was being changed: nothing is overwritten before it was looked at. */
export function NewerVersion({
  version,
  author,
  theirs,
  mine,
  onTakeTheirs,
  onKeepMine,
}: {
  readonly version: number;
  readonly author: string;
  readonly theirs: string;
  readonly mine: string;
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
}) {
  const [comparing, setComparing] = useState(false);
  return (
    <div className="mb-4">
      <Notice tone="warn" title={`${harmless(author, 120)} saved version ${version} meanwhile`}>
        <p>
          It is in force. What you changed here is not saved: compare the two, then take theirs, or go on with
          yours and save it over theirs.
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button small onClick={() => setComparing(true)}>
            Compare theirs with mine
          </Button>
          <Button small onClick={onTakeTheirs}>
            Take theirs
          </Button>
          <Button small onClick={onKeepMine}>
            Go on with mine
          </Button>
        </div>
      </Notice>
      {comparing && (
        <Dialog wide title={`Version ${version} and what stands here`} onClose={() => setComparing(false)}>
          <Suspense fallback={<Loading what="Comparing…" />}>
            <DiffView before={theirs} after={mine} />
          </Suspense>
        </Dialog>
      )}
    </div>
  );
}
