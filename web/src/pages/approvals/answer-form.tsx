import { useState } from 'react';
import type { ApprovalDetail } from '../../api/queries/approvals.ts';
import { call } from '../../api/call.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';

/** Agree or refuse. The answer names what was seen, so that nothing else can be agreed to. */
export function AnswerForm({ approval }: { readonly approval: ApprovalDetail }) {
  const [reason, setReason] = useState('');
  const answer = useChange({
    run: (verdict: 'approve' | 'deny') =>
      call(`POST /approvals/{id}/${verdict}`, {
        path: { id: approval.id },
        body: { seen: approval.viewHash, ...(reason === '' ? {} : { reason }) },
      }),
    touches: [['approvals']],
    done: 'Your answer counts.',
  });
  if (!approval.mayAnswer)
    return <Notice title="You cannot answer this one">{approval.whyNot ?? 'It is for other people.'}</Notice>;
  return (
    <form
      className="sticky -bottom-4 space-y-3 border-t bg-panel pt-3 pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate('approve');
      }}
    >
      <Field label="Reason" hint="Needed to refuse: the agent reads it">
        {(ids) => <TextInput {...ids} maxLength={2000} value={reason} onChange={setReason} />}
      </Field>
      {approval.people > 1 && (
        <p className="text-[0.8125rem] text-soft">{approval.people} people must agree.</p>
      )}
      {answer.isError && <ProblemNotice error={answer.error} what="Your answer was not taken" />}
      <div className="flex gap-2">
        <Button look="main" type="submit" busy={answer.isPending}>
          Agree to this call
        </Button>
        <Button
          look="danger"
          disabled={reason.trim() === ''}
          busy={answer.isPending}
          onClick={() => answer.mutate('deny')}
        >
          Refuse
        </Button>
      </div>
    </form>
  );
}
