import type { Command } from 'commander';
import { mergeEntries, type DecisionRecord } from '../../audit/index.ts';
import { found } from '../../registry/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';
import { WRAPPED } from '../wrapped.ts';

export function logShow(group: Command, io: Io): void {
  group
    .command('show')
    .description('one decision, whole')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action((id: string, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ store, registry }) => {
        const record = mergeEntries(await store.entries.get(id));
        const isTheirs = [registry.organization, WRAPPED].includes(record.organization);
        const shown = found(isTheirs ? record : undefined, 'decision');
        if (json === true) return io.out(JSON.stringify(shown, null, 2));
        for (const [name, value] of factsOf(shown)) io.out(`${name.padEnd(14)} ${plain(value)}`);
      }),
    );
}

function factsOf(record: DecisionRecord): (readonly [string, string])[] {
  const { at, outcome, server, grant, client, method, tool, rule, message, policy, approval } = record;
  const { argumentKeys, dispatched, upstream, result, reservations, chain } = record;
  const facts: (readonly [string, string | undefined])[] = [
    ['outcome', outcome],
    ['time', new Date(at).toISOString()],
    ['server', server.name],
    ['grant', grant === null ? 'none' : `${grant.label} (${grant.id})`],
    ['client', [client.name, client.version].filter((part) => part !== undefined).join(' ')],
    ['method', method],
    ['tool', tool],
    ['arguments', argumentKeys.join(', ')],
    ['policy', policy === null ? 'none' : `${policy.id}, version ${policy.version}`],
    ['rule', rule],
    ['message', message],
    ['approval', approval && `${approval.state} (${approval.id})`],
    ['answered by', approval?.by?.join(', ')],
    ['sent', dispatched === 'unknown' ? 'not known' : dispatched ? 'yes' : 'no'],
    ['server took', upstream?.durationMs === undefined ? undefined : `${upstream.durationMs} ms`],
    ['result', result && `${result.isError ? 'error, ' : ''}${result.bytes} bytes`],
    ...reservations.map(({ counter, amount = 1, max, settled }): readonly [string, string] => [
      'limit',
      `${counter}: ${amount} of ${max}${settled === undefined ? '' : `, ${settled}`}`,
    ]),
    ['in the log', `${chain.seq} of ${chain.id}, hash ${chain.hash}`],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '');
}
