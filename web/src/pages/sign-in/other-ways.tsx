import { useMutation } from '@tanstack/react-query';
import type { SignInOptions } from '../../api/queries/sign-in-options.ts';
import { request } from '../../api/request.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** Signing in without a password: a link by mail, or somebody else's account. */
export function OtherWays({
  email,
  to,
  options,
}: {
  readonly email: string;
  readonly to: string;
  readonly options: SignInOptions | undefined;
}) {
  const back = to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`;
  const link = useMutation({
    mutationFn: () =>
      request('POST', '/api/auth/sign-in/magic-link', {
        body: { email, callbackURL: to, errorCallbackURL: back },
      }),
  });
  const provider = useMutation({
    mutationFn: (id: string) =>
      request<{ readonly url?: string }>('POST', '/api/auth/sign-in/social', {
        body: { provider: id, callbackURL: to, errorCallbackURL: back },
      }),
    onSuccess: ({ url }) => {
      if (url !== undefined) window.location.assign(url);
    },
  });
  return (
    <div className="mt-5 space-y-2 border-t pt-4">
      {options?.providers.map(({ id, name }) => (
        <Button key={id} className="w-full" busy={provider.isPending} onClick={() => provider.mutate(id)}>
          Continue with {name}
        </Button>
      ))}
      {provider.isError && <ProblemNotice error={provider.error} what="The provider could not be reached" />}
      <Button
        look="quiet"
        className="w-full"
        disabled={email === ''}
        busy={link.isPending}
        onClick={() => link.mutate()}
      >
        E-mail me a link instead
      </Button>
      {link.isSuccess && (
        <Notice tone="good" title="The link is on its way">
          {options?.mail === false
            ? 'There is no mail server: the operator finds the link in the log of the gateway.'
            : `Look into the mailbox of ${email}.`}
        </Notice>
      )}
      {link.isError && <ProblemNotice error={link.error} what="The link could not be sent" />}
    </div>
  );
}
