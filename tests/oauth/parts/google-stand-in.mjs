/** A real OpenID Connect provider (oidc-provider) under Google's issuer and at Google's paths. */
import { Provider } from 'oidc-provider';

/**
 * Whoever signs in as `name` has the address `name@example.com`.
 * @param {{ clientId: string, clientSecret: string, redirectUri: string, verified: (login: string) => boolean }} options
 */
export function googleStandIn({ clientId, clientSecret, redirectUri, verified }) {
  const provider = new Provider('https://accounts.google.com', {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'picture'] },
    // As Google does: what was asked for stands in the id token.
    conformIdTokenClaims: false,
    routes: { authorization: '/o/oauth2/v2/auth', token: '/token', jwks: '/oauth2/v3/certs' },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, login) => ({
      accountId: login,
      claims: () => ({
        sub: `google-${login}`,
        email: `${login}@example.com`,
        email_verified: verified(login),
        name: login,
      }),
    }),
  });
  return provider.callback();
}
