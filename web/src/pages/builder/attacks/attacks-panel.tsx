import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../../api/call.ts';
import type { AttackCoverage } from '../../../api/types.ts';
import { counted } from '../../../lib/number-text.ts';
import { useSettled } from '../../../lib/use-settled.ts';
import type { Subject } from '../../../policy/states.ts';
import { buttonClasses } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { useBuilder } from '../builder-context.ts';
import { AttackRow } from './attack-row.tsx';

const GRAVEST_FIRST = ['got through', 'limited', 'stopped'] as const;

/** What known attacks could do with the tools under the policy as it stands here, saved or not. */
export function AttacksPanel({ onChoose }: { readonly onChoose: (subject: Subject) => void }) {
  const { document, server, tools } = useBuilder();
  const current = useSettled(document);
  const coverage = useQuery({
    queryKey: ['attacks', server.id, current],
    queryFn: ({ signal }) =>
      call('POST /policies/attack', { body: { policy: current, server: server.id }, signal }),
    enabled: tools.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  if (tools.length === 0)
    return (
      <Notice
        title="No tools are known yet"
        action={
          <Link
            to="/servers/$server"
            params={{ server: server.slug }}
            className={buttonClasses('plain', true)}
          >
            Ask the server
          </Link>
        }
      >
        Attacks are played against the tools that a server has.
      </Notice>
    );
  return (
    <div className="space-y-4">
      <p className="text-[0.8125rem] text-soft">
        Known attacks, played against the policy as it stands here, saved or not. No tool is called.
      </p>
      <Shown query={coverage} what="The attacks could not be played" loading="Playing the attacks…">
        {(played) => <Played coverage={played} onChoose={onChoose} />}
      </Shown>
    </div>
  );
}

function Played({
  coverage,
  onChoose,
}: {
  readonly coverage: AttackCoverage;
  readonly onChoose: (subject: Subject) => void;
}) {
  const { fits, stopped, limited, gotThrough, results } = coverage;
  const fitting = GRAVEST_FIRST.flatMap((wanted) => results.filter(({ outcome }) => outcome === wanted));
  return (
    <>
      <Notice
        tone={gotThrough > 0 ? 'warn' : limited > 0 ? 'info' : 'good'}
        title={`${gotThrough} got through, ${limited} limited, ${stopped} stopped`}
      >
        {counted(fits, 'attack pattern')} of {results.length} can be tried with these tools.
      </Notice>
      <ul
        aria-label="Attacks"
        className="divide-y xl:max-h-[max(20rem,calc(100dvh-16rem))] xl:overflow-y-auto xl:pr-1"
      >
        {fitting.map((played) => (
          <AttackRow key={played.slug} played={played} onChoose={onChoose} />
        ))}
      </ul>
    </>
  );
}
