import { counted } from '../../../lib/number-text.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import type { FoundServer } from './read-configuration.ts';

export type Progress =
  | { readonly state: 'adding' }
  | { readonly state: 'added'; readonly toolCount: number | undefined; readonly error: unknown }
  | { readonly state: 'failed'; readonly error: unknown };

/** One server of a pasted configuration, and how far it got. */
export function FoundRow({
  server,
  chosen,
  progress,
  onChoose,
}: {
  readonly server: FoundServer;
  readonly chosen: boolean;
  readonly progress: Progress | undefined;
  readonly onChoose: (chosen: boolean) => void;
}) {
  const { name, input, refusal, secrets } = server;
  return (
    <li className="flex flex-wrap items-start justify-between gap-2 px-3 py-2">
      <div className="min-w-0">
        <Checkbox checked={input !== undefined && chosen} disabled={input === undefined} onChange={onChoose}>
          <span className="font-medium">
            <Untrusted text={name} most={100} />
          </span>
        </Checkbox>
        <p className="pl-6 text-[0.8125rem] text-soft">
          <Untrusted text={refusal ?? input?.url ?? ''} most={300} />
          {input !== undefined && secrets > 0 && ` · ${counted(secrets, 'header')} will be sealed`}
        </p>
        {progress !== undefined && progress.state !== 'adding' && progress.error !== undefined && (
          <p className="pl-6 text-[0.8125rem] text-bad">
            <Untrusted text={(progress.error as Error).message} />
          </p>
        )}
      </div>
      <ProgressBadge progress={progress} />
    </li>
  );
}

function ProgressBadge({ progress }: { readonly progress: Progress | undefined }) {
  if (progress === undefined) return null;
  if (progress.state === 'adding') return <Badge tone="info">Asking for its tools…</Badge>;
  if (progress.state === 'failed') return <Badge tone="bad">Not added</Badge>;
  return progress.toolCount === undefined ? (
    <Badge tone="warn">Added; does not answer</Badge>
  ) : (
    <Badge tone="good">Added · {counted(progress.toolCount, 'tool')}</Badge>
  );
}
