import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { counted } from '../../lib/number-text.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

const MOST = 8;
const STANCES: Readonly<Record<string, readonly [Tone, string]>> = {
  allow: ['good', 'Allowed'],
  ask: ['grave', 'Asks'],
  deny: ['bad', 'Denied'],
  hide: ['plain', 'Hidden'],
  depends: ['info', 'With rules'],
};

/** What a save does: to the tools of the server, and what it would have done to the calls of the last week. */
export function WhatChanges({
  policyId,
  serverId,
  text,
}: {
  readonly policyId: string;
  readonly serverId: string;
  readonly text: string;
}) {
  const diff = useQuery({
    queryKey: ['policy-diff', policyId, serverId, text],
    queryFn: ({ signal }) =>
      call('POST /policies/diff', { body: { before: { policyId }, after: text, server: serverId }, signal }),
    gcTime: 0,
  });
  const past = useQuery({
    queryKey: ['policy-backtest', policyId, serverId, text],
    queryFn: ({ signal }) =>
      call('POST /policies/backtest', {
        body: { policy: text, server: serverId, judgedBy: policyId },
        signal,
      }),
    gcTime: 0,
  });
  const failed = diff.error ?? past.error;
  if (failed !== null) return <ProblemNotice error={failed} what="What it changes could not be found out" />;
  if (diff.data === undefined || past.data === undefined)
    return <p className="text-[0.8125rem] text-soft">Finding out what it changes…</p>;
  const { tools } = diff.data;
  const { calls, different, undetermined, changes } = past.data;
  return (
    <section aria-label="What it changes" className="space-y-2 rounded-md border p-3 text-[0.8125rem]">
      {tools.length === 0 ? (
        <p>No tool of the server becomes open, asked for, denied or hidden by it as a whole.</p>
      ) : (
        <ul className="space-y-1">
          {tools.slice(0, MOST).map(({ tool, before, after }) => (
            <li key={tool} className="flex flex-wrap items-center gap-1.5">
              <Untrusted text={tool} most={100} className="font-mono" />
              <Stance name={before} /> <span aria-label="becomes">→</span> <Stance name={after} />
            </li>
          ))}
          {tools.length > MOST && <li className="text-soft">and {tools.length - MOST} more</li>}
        </ul>
      )}
      <p>
        {calls === 0
          ? 'This policy judged no call in the last 7 days.'
          : `Of ${counted(calls, 'call')} that this policy judged in the last 7 days, ${different === 0 ? 'none' : different.toLocaleString('en')} would have been judged otherwise${
              undetermined > 0
                ? `; of ${undetermined.toLocaleString('en')} it cannot be said without their arguments`
                : ''
            }.`}
      </p>
      {changes.length > 0 && (
        <ul className="space-y-1">
          {changes.slice(0, MOST).map(({ tool, was, stance, calls: count, rule }) => (
            <li key={`${tool} ${was} ${stance} ${rule}`} className="text-soft">
              <Untrusted text={tool} most={100} className="font-mono text-ink" />: {counted(count, 'call')}{' '}
              {WAS[was]}, now {(STANCES[stance]?.[1] ?? stance).toLowerCase()}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const WAS = { allow: 'allowed', deny: 'denied', needs_approval: 'asked about' } as const;

function Stance({ name }: { readonly name: string }) {
  const [tone, text] = STANCES[name] ?? (['plain', name] as const);
  return <Badge tone={tone}>{text}</Badge>;
}
