import type { ApprovalDetail } from '../../api/queries/approvals.ts';
import { counted } from '../../lib/number-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

const MOST = 50_000;

/** One argument as it would be sent; what cannot be seen is made visible. */
export function ArgumentView({ argument }: { readonly argument: ApprovalDetail['arguments'][number] }) {
  const { name, kind, language, text, invisible } = argument;
  return (
    <div className="min-w-0">
      <p className="mb-1 text-[0.8125rem]">
        <Untrusted text={name} most={100} className="font-mono font-medium" />{' '}
        <span className="text-soft">{language ?? kind}</span>
      </p>
      {invisible > 0 && (
        <Notice tone="warn">
          {counted(invisible, 'character')} that cannot be seen or change the order of others: shown by
          number.
        </Notice>
      )}
      <pre
        tabIndex={0}
        role="region"
        aria-label={`Argument ${name}`}
        className="mt-1 max-h-80 overflow-auto rounded-md border bg-sunken p-3 font-mono text-[0.8125rem] whitespace-pre-wrap"
      >
        <Untrusted text={text} most={MOST} />
      </pre>
    </div>
  );
}
