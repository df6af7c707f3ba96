/** OAuth 2.1 towards the authorization servers of upstreams. Sends each request once; keeps nothing. */
import * as oauth from 'oauth4webapi';
import { PortcullisError } from '../../errors.ts';
import type { AddressGuard } from '../address/address-guard.ts';
import { authorizationProblem } from './authorization-problem.ts';
import { chooseClient, knownClient } from './choose-client.ts';
import { redirectUri } from './client-metadata.ts';
import { discover } from './discover.ts';
import { guardedFetch, type GuardedFetch } from './guarded-fetch.ts';
import { secureUrl } from './secure-url.ts';
import type { Attempt, AuthorizationRequest, Issuer, OAuthClient, Tokens } from './types.ts';

export interface UpstreamAuthorizationOptions {
  readonly guard: AddressGuard;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** Ms since the epoch. */
  readonly now: () => number;
}

type Held = Pick<Tokens, 'issuer' | 'client' | 'resource'>;

/** Every method throws PC_UPSTREAM_AUTHORIZATION and PC_UPSTREAM_*, without a token in any of them. */
export class UpstreamAuthorization {
  readonly #options: UpstreamAuthorizationOptions;

  constructor(options: UpstreamAuthorizationOptions) {
    this.#options = options;
  }

  /** Finds the authorization server and makes the address that a person must open (RFC 6749, 4.1.1; RFC 7636; RFC 8707). */
  begin(request: AuthorizationRequest): Promise<{ readonly url: string; readonly attempt: Attempt }> {
    const { slug, url: address } = request.server;
    return this.#guarded(slug, address, async (fetch) => {
      const { server, resource, scopes: named } = await discover(slug, address, fetch);
      const endpoint = secureUrl(slug, server.authorization_endpoint, 'its authorization endpoint', address);
      if (server.code_challenge_methods_supported?.includes('S256') !== true)
        throw new PortcullisError('PC_UPSTREAM_AUTHORIZATION', {
          server: slug,
          detail: 'its authorization server does not offer PKCE with S256',
        });
      const client = await chooseClient(server, request, this.#options.publicUrl, fetch);
      const offline = server.scopes_supported?.includes('offline_access') === true;
      const scopes = [...new Set([...(request.scopes ?? named), ...(offline ? ['offline_access'] : [])])];
      const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
      const parameters = {
        response_type: 'code',
        client_id: client.id,
        redirect_uri: redirectUri(this.#options.publicUrl),
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        resource,
        ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
        // OpenID Connect Core, section 11: offline access takes consent.
        ...(offline ? { prompt: 'consent' } : {}),
      };
      for (const [name, value] of Object.entries(parameters)) endpoint.searchParams.set(name, value);
      const attempt = { issuer: issuerOf(slug, server, address), client, resource, state, verifier, scopes };
      return { url: endpoint.href, attempt };
    });
  }

  /** What the browser brought back, against state and issuer (RFC 9207), for tokens. */
  finish(slug: string, attempt: Attempt, parameters: URLSearchParams): Promise<Tokens> {
    const { issuer, client, state, verifier, resource } = attempt;
    return this.#guarded(slug, resource, async (fetch) => {
      const answer = oauth.validateAuthResponse(issuer, { client_id: client.id }, parameters, state);
      const response = await oauth.authorizationCodeGrantRequest(
        issuer,
        { client_id: client.id },
        authentication(client),
        answer,
        redirectUri(this.#options.publicUrl),
        verifier,
        { ...over(fetch), additionalParameters: { resource } },
      );
      const got = await oauth.processAuthorizationCodeResponse(issuer, { client_id: client.id }, response);
      return this.#tokens(slug, attempt, got, attempt.scopes);
    });
  }

  /** Tokens of the gateway's own (RFC 6749, section 4.4). */
  clientCredentials(
    request: AuthorizationRequest & Required<Pick<AuthorizationRequest, 'client'>>,
  ): Promise<Tokens> {
    const { slug, url } = request.server;
    return this.#guarded(slug, url, async (fetch) => {
      const { server, resource, scopes: named } = await discover(slug, url, fetch);
      const issuer = issuerOf(slug, server, url);
      const client = knownClient(request.client, server.token_endpoint_auth_methods_supported);
      const scopes = request.scopes ?? named;
      const parameters = { resource, ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }) };
      const response = await oauth.clientCredentialsGrantRequest(
        issuer,
        { client_id: client.id },
        authentication(client),
        parameters,
        over(fetch),
      );
      const got = await oauth.processClientCredentialsResponse(issuer, { client_id: client.id }, response);
      return this.#tokens(slug, { issuer, client, resource }, got, scopes);
    });
  }

  /** New tokens for a refresh token, which may be replaced by a new one (RFC 6749, section 6). */
  refresh(slug: string, tokens: Tokens & { readonly refreshToken: string }): Promise<Tokens> {
    const { issuer, client, resource, refreshToken } = tokens;
    return this.#guarded(slug, resource, async (fetch) => {
      const response = await oauth.refreshTokenGrantRequest(
        issuer,
        { client_id: client.id },
        authentication(client),
        refreshToken,
        { ...over(fetch), additionalParameters: { resource } },
      );
      const got = await oauth.processRefreshTokenResponse(issuer, { client_id: client.id }, response);
      return { refreshToken, ...this.#tokens(slug, tokens, got, tokens.scopes) };
    });
  }

  /** Takes the tokens back where the server offers that (RFC 7009): the refresh token, and the access token. */
  revoke(slug: string, { issuer, client, resource, refreshToken, accessToken }: Tokens): Promise<void> {
    return this.#guarded(slug, resource, async (fetch) => {
      if (issuer.revocation_endpoint === undefined) return;
      for (const [token, hint] of [
        [refreshToken, 'refresh_token'],
        [accessToken, 'access_token'],
      ] as const) {
        if (token === undefined) continue;
        const options = { ...over(fetch), additionalParameters: { token_type_hint: hint } };
        const who = authentication(client);
        const response = await oauth.revocationRequest(issuer, { client_id: client.id }, who, token, options);
        await oauth.processRevocationResponse(response);
      }
    });
  }

  #tokens(slug: string, held: Held, got: oauth.TokenEndpointResponse, asked: readonly string[]): Tokens {
    if (got.token_type !== 'bearer')
      throw new PortcullisError('PC_UPSTREAM_AUTHORIZATION', {
        server: slug,
        detail: 'its authorization server gave a token that is not a bearer token',
      });
    const { issuer, client, resource } = held;
    const expiresAt = got.expires_in === undefined ? null : this.#options.now() + got.expires_in * 1000;
    return {
      issuer,
      client,
      resource,
      accessToken: got.access_token,
      ...(got.refresh_token === undefined ? {} : { refreshToken: got.refresh_token }),
      expiresAt,
      scopes: got.scope === undefined ? asked : got.scope.split(' ').filter((one) => one !== ''),
    };
  }

  /** @param near the server's URL, or the resource, which is at the same origin */
  async #guarded<T>(slug: string, near: string, work: (fetch: GuardedFetch) => Promise<T>): Promise<T> {
    try {
      return await work(guardedFetch(slug, near, this.#options.guard));
    } catch (error) {
      throw authorizationProblem(slug, error);
    }
  }
}

/** Plain http is refused by `guardedFetch`, except on this machine. */
function over(fetch: GuardedFetch) {
  return { [oauth.customFetch]: fetch, [oauth.allowInsecureRequests]: true };
}

function authentication({ secret, method }: OAuthClient): oauth.ClientAuth {
  if (secret === undefined || method === 'none') return oauth.None();
  return method === 'client_secret_post' ? oauth.ClientSecretPost(secret) : oauth.ClientSecretBasic(secret);
}

function issuerOf(slug: string, server: oauth.AuthorizationServer, near: string): Issuer {
  const token_endpoint = secureUrl(slug, server.token_endpoint, 'its token endpoint', near).href;
  const { issuer, authorization_endpoint, revocation_endpoint } = server;
  const { token_endpoint_auth_methods_supported, authorization_response_iss_parameter_supported } = server;
  return JSON.parse(
    JSON.stringify({
      issuer,
      token_endpoint,
      authorization_endpoint,
      revocation_endpoint,
      token_endpoint_auth_methods_supported,
      authorization_response_iss_parameter_supported,
    }),
  ) as Issuer;
}
