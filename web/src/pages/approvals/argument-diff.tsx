import type { ApprovalDetail } from '../../api/queries/approvals.ts';
import { classNames } from '../../lib/class-names.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

const MARKS = { same: ' ', removed: '−', added: '+' } as const;
const MOST_LINES = 400;

/** What differs from the last call that was agreed to. */
export function ArgumentDiff({ diff }: { readonly diff: NonNullable<ApprovalDetail['diff']> }) {
  return (
    <section>
      <h3 className="mb-1 text-sm font-semibold">
        Against the last approved call{' '}
        <span className="font-normal text-soft">
          <TimeAgo time={diff.at} />
        </span>
      </h3>
      {diff.arguments.length === 0 && (
        <p className="text-[0.8125rem] text-soft">The arguments are the same.</p>
      )}
      {diff.arguments.map(({ name, lines }) => (
        <div key={name} className="mb-2">
          <p className="font-mono text-[0.8125rem] font-medium">
            <Untrusted text={name} most={100} />
          </p>
          <pre tabIndex={0} className="max-h-72 overflow-auto rounded-md border bg-sunken font-mono text-xs">
            {lines.slice(0, MOST_LINES).map(({ op, text }, index) => (
              <span
                key={index}
                className={classNames(
                  'block px-2',
                  op === 'added' && 'bg-good/15',
                  op === 'removed' && 'bg-bad/15',
                )}
              >
                <span aria-hidden>{MARKS[op]} </span>
                {op !== 'same' && <span className="sr-only">{op}: </span>}
                <Untrusted text={text} most={1000} />
              </span>
            ))}
          </pre>
        </div>
      ))}
    </section>
  );
}
