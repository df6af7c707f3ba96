import { useMutation } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** A button that has a link mailed, and says where it is then. */
export function ByMail({
  children,
  email,
  path,
  body,
  hasMail,
}: {
  readonly children: string;
  readonly email: string;
  readonly path: `/api/auth/${string}`;
  readonly body: object;
  /** Whether there is a mail server. */
  readonly hasMail: boolean;
}) {
  const link = useMutation({ mutationFn: () => request('POST', path, { body: { email, ...body } }) });
  return (
    <>
      <Button
        look="quiet"
        className="w-full"
        disabled={email === ''}
        title={email === '' ? 'Fill in the e-mail address first' : undefined}
        busy={link.isPending}
        onClick={() => link.mutate()}
      >
        {children}
      </Button>
      {link.isSuccess && (
        <Notice tone="good" title="The link is on its way">
          {hasMail
            ? `Look into the mailbox of ${email}.`
            : 'There is no mail server: the operator finds the link in the log of the gateway.'}
        </Notice>
      )}
      {link.isError && <ProblemNotice error={link.error} what="The link could not be sent" />}
    </>
  );
}
