import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { LoaderCircle, PartyPopper } from 'lucide-react';
import type { Decision } from '../../api/types.ts';
import { useDecisionStream } from '../../api/use-decision-stream.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { OutcomeBadge } from '../../ui/outcome-badge.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

/** Waits for what the client sends first, live. */
export function FirstCall({ grantId }: { readonly grantId: string }) {
  const [first, setFirst] = useState<Decision>();
  const [call, setCall] = useState<Decision>();
  const { connected } = useDecisionStream({ grant: grantId }, (decision) => {
    setFirst((now) => now ?? decision);
    if (decision.tool !== undefined) setCall((now) => now ?? decision);
  });
  if (call !== undefined)
    return (
      <div role="status" className="toned tone-good flex flex-wrap items-center gap-2 rounded-md border p-3">
        <PartyPopper aria-hidden className="size-5" />
        <p className="flex-1 text-ink">
          The first call came through:{' '}
          <Untrusted text={call.tool ?? ''} most={80} className="font-mono font-medium" />{' '}
          <OutcomeBadge outcome={call.outcome} />
        </p>
        <Link to="/log" search={{ grant: grantId }} className={buttonClasses('plain', true)}>
          Watch the log
        </Link>
      </div>
    );
  return (
    <div role="status" className="flex items-center gap-2.5 rounded-md border border-dashed border-edge p-3">
      <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin text-accent" />
      <p>
        {first === undefined
          ? 'Waiting for the first call…'
          : 'The client is connected. Waiting for its first call…'}
        <span className="block text-[0.8125rem] text-soft">
          {connected
            ? 'Paste the configuration, restart the client, and let it use a tool.'
            : 'The live connection to the gateway is being made…'}
        </span>
      </p>
    </div>
  );
}
