/** What to do when a provider or a mailed link sends somebody back without a sign-in. */
const REASONS: Readonly<Record<string, string>> = {
  not_invited: 'This address was not invited. Ask an admin of your organization for an invitation.',
  email_not_verified:
    'The provider has not verified this address. Confirm it there, or sign in with the link of your invitation.',
  email_not_found: 'The provider gave no e-mail address. Add one there, or sign in another way.',
  account_not_linked:
    'There is an account with this address, and it was not made with this provider. Sign in with your password or a link by mail.',
  access_denied: 'The sign-in was not allowed at the provider. You can try again, or sign in another way.',
  invalid_token: 'This link was used already or is too old. Ask for another one.',
  expired_token: 'This link was used already or is too old. Ask for another one.',
};

export function whyNot(error: string): string {
  return (
    REASONS[error.toLowerCase()] ??
    'The provider’s answer could not be used. Try again in this browser; if it fails again, the log of the gateway says more.'
  );
}
