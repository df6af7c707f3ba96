import { Badge } from '../../ui/badge.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import type { ReachChange } from './reach-changes.ts';

const LOOKS = {
  stops: { text: 'Stops', tone: 'bad' },
  begins: { text: 'Becomes reachable', tone: 'good' },
  'begins-denied': { text: 'Added, without a policy', tone: 'warn' },
  'judged-otherwise': { text: 'Judged otherwise', tone: 'plain' },
} as const;

export function ReachReview({ changes }: { readonly changes: readonly ReachChange[] }) {
  return (
    <div className="space-y-3">
      <ul className="divide-y rounded-lg border">
        {changes.map((change) => (
          <li key={change.serverId} className="space-y-1 px-3 py-2.5">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              <Untrusted text={change.server} most={80} />
              <Badge tone={lookOf(change).tone}>{lookOf(change).text}</Badge>
            </p>
            <p className="text-[0.8125rem] text-soft">{meaning(change)}</p>
          </li>
        ))}
      </ul>
      <p className="text-[0.8125rem] text-soft">
        The token stays. Clients see other tools when they next list them; a client that used one server only
        may need another address.
      </p>
    </div>
  );
}

function lookOf({ kind, policy }: ReachChange) {
  return LOOKS[kind === 'begins' && policy === null ? 'begins-denied' : kind];
}

function meaning({ kind, policy }: ReachChange) {
  if (kind === 'stops') return 'Its calls are refused from the next message on, and its open streams end.';
  if (policy === null) return 'No policy holds there yet, so every call is denied.';
  return (
    <>
      {kind === 'begins' ? 'Calls are judged by ' : 'From the next call on it is judged by '}
      <Untrusted text={policy} most={80} />.
    </>
  );
}
