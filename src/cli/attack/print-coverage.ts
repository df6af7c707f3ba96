import type { Coverage, Played } from '../../catalog/index.ts';
import type { Io } from '../io.ts';
import { plain, printList } from '../print.ts';

/** A table of all patterns that fit, the gravest outcome first, and a line with the sums. */
export function printCoverage(io: Io, coverage: Coverage): void {
  const order: readonly Played['outcome'][] = ['got through', 'limited', 'stopped'];
  const fitting = coverage.results
    .filter(({ outcome }) => outcome !== 'does not fit')
    .toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  printList(io, false, fitting, [
    ['OUTCOME', ({ outcome }) => outcome],
    ['PATTERN', ({ slug }) => slug],
    ['TOOL', (played) => deciding(played)?.tool ?? ''],
    ['BY', (played) => (played.decidedBy === undefined ? '' : (deciding(played)?.rule ?? ''))],
    ['CALLS', (played) => callsOf(played)],
  ]);
  io.out(coverageLine(coverage));
}

/** One sentence. */
export function coverageLine({ fits, stopped, limited, gotThrough, results }: Coverage): string {
  return plain(
    `${fits} of ${results.length} attack patterns fit these tools: ${stopped} stopped, ${limited} limited, ${gotThrough} got through`,
  );
}

/** The step that decided; the last one when all got through. */
function deciding({ steps, decidedBy }: Played): Played['steps'][number] | undefined {
  return steps[decidedBy ?? steps.length - 1];
}

function callsOf(played: Played): string {
  const step = deciding(played);
  return step === undefined ? '' : `${step.passed} of ${step.tried} passed`;
}
