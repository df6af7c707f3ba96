import { useMutation } from '@tanstack/react-query';
import type { SignInOptions } from '../../api/queries/sign-in-options.ts';
import { request } from '../../api/request.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ByMail } from './by-mail.tsx';

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
      <ByMail
        email={email}
        path="/api/auth/sign-in/magic-link"
        body={{ callbackURL: to, errorCallbackURL: back }}
        hasMail={options?.mail !== false}
      >
        E-mail me a link instead
      </ByMail>
      <ByMail
        email={email}
        path="/api/auth/request-password-reset"
        body={{ redirectTo: '/new-password' }}
        hasMail={options?.mail !== false}
      >
        I forgot my password
      </ByMail>
    </div>
  );
}
