import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import type { Decision } from '../../api/types.ts';
import { durationText } from '../../lib/number-text.ts';
import { exactText } from '../../lib/time-text.ts';
import { Untrusted } from '../../ui/untrusted.tsx';

/** What is known of a call, as a list of terms. */
export function DecisionFacts({ decision }: { readonly decision: Decision }) {
  const {
    at,
    outcome,
    server,
    grant,
    client,
    method,
    rule,
    policy,
    dispatched,
    upstream,
    result,
    overheadMs,
    approval,
  } = decision;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Time', exactText(at)],
    [
      'Server',
      <Link key="server" to="/servers/$server" params={{ server: server.id }} className="underline">
        <Untrusted text={server.name} most={120} />
      </Link>,
    ],
    [
      'Grant',
      grant === null ? (
        'none'
      ) : (
        <Link key="grant" to="/log" search={{ grant: grant.id }} title="All its calls" className="underline">
          <Untrusted text={grant.label} most={120} />
        </Link>
      ),
    ],
    [
      'Client',
      <Untrusted key="client" text={`${client?.name ?? 'unnamed'} ${client?.version ?? ''}`} most={120} />,
    ],
    ['Method', <code key="method">{method}</code>],
    [
      'Rule',
      rule === '' ? (
        'none: plainly allowed'
      ) : (
        <Untrusted key="rule" text={rule} className="font-mono text-xs" />
      ),
    ],
    [
      'Policy version',
      policy === null ? (
        'no policy'
      ) : (
        <Link
          key="policy"
          to="/policies/$policy"
          params={{ policy: policy.id }}
          search={decision.tool === undefined ? {} : { subject: decision.tool }}
          className="underline"
        >
          {policy.version}
        </Link>
      ),
    ],
    [
      'Approval',
      approval === undefined ? undefined : (
        <Link key="approval" to="/approvals" search={{ show: 'all', id: approval.id }} className="underline">
          {approval.state}: who answered, and what they saw
        </Link>
      ),
    ],
    [
      outcome === 'deny' ? 'Denied by' : 'Approved by',
      approval?.by === undefined ? undefined : (
        <Untrusted key="by" text={approval.by.join(', ')} most={500} />
      ),
    ],
    ['Arguments', <Untrusted key="keys" text={decision.argumentKeys.join(', ') || 'none'} most={500} />],
    ['Sent to the server', dispatched === 'unknown' ? 'not known' : dispatched ? 'yes' : 'no'],
    ['Server took', upstream?.durationMs === undefined ? undefined : durationText(upstream.durationMs)],
    ['Gateway took', overheadMs === undefined ? undefined : durationText(overheadMs)],
    [
      'Result',
      result === undefined
        ? undefined
        : `${result.isError ? 'error, ' : ''}${result.bytes.toLocaleString('en')} bytes`,
    ],
    ...decision.reservations.map(({ counter, amount = 1, max, settled }): readonly [string, ReactNode] => [
      'Limit',
      <Untrusted
        key={counter}
        text={`${counter}: ${amount} of ${max}${settled === undefined ? '' : `, ${settled}`}`}
      />,
    ]),
    ['Protocol', decision.era],
    ['Request', <Untrusted key="request" text={String(decision.requestId ?? '')} most={120} />],
    ['Place in the log', `${decision.chain.seq} of ${decision.chain.id}`],
    [
      'Hash',
      <span key="hash" className="font-mono text-xs [overflow-wrap:anywhere]">
        {decision.chain.hash}
      </span>,
    ],
  ];
  return (
    <dl className="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-[0.8125rem]">
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value], index) => (
          <div key={`${name} ${index}`} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
