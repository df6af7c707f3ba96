/** Who the gateway is at an authorization server: as registered beforehand, by its metadata document, or registered now. */
import {
  allowInsecureRequests,
  customFetch,
  dynamicClientRegistrationRequest,
  processDynamicClientRegistrationResponse,
  type AuthorizationServer,
} from 'oauth4webapi';
import { PortcullisError } from '../../errors.ts';
import { clientIdUrl, clientMetadata, redirectUri } from './client-metadata.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import type { AuthorizationRequest, OAuthClient } from './types.ts';

/** @throws PC_UPSTREAM_AUTHORIZATION when the server takes none of these */
export async function chooseClient(
  server: AuthorizationServer,
  { server: { slug }, client, before }: AuthorizationRequest,
  publicUrl: string,
  fetch: GuardedFetch,
): Promise<OAuthClient> {
  if (client !== undefined) return knownClient(client, server.token_endpoint_auth_methods_supported);
  // A document's address must be https, and the authorization server must be able to reach it.
  if (server['client_id_metadata_document_supported'] === true && publicUrl.startsWith('https://'))
    return { id: clientIdUrl(publicUrl), method: 'none' };
  const registeredFor = redirectUri(publicUrl);
  if (before?.issuer.issuer === server.issuer && before.client.registeredFor === registeredFor)
    return before.client;
  if (server.registration_endpoint === undefined)
    throw new PortcullisError('PC_UPSTREAM_AUTHORIZATION', {
      server: slug,
      detail: `its authorization server registers no clients by itself; register one there with the redirect URI ${registeredFor} and give its clientId`,
    });
  const method = registrationMethod(server.token_endpoint_auth_methods_supported);
  const answer = await dynamicClientRegistrationRequest(
    server,
    { ...clientMetadata(publicUrl), token_endpoint_auth_method: method },
    { [customFetch]: fetch, [allowInsecureRequests]: true },
  );
  const made = await processDynamicClientRegistrationResponse(answer);
  const id = String(made.client_id);
  const secret = made.client_secret;
  if (typeof secret !== 'string') return { id, method: 'none', registeredFor };
  const agreed = made.token_endpoint_auth_method ?? method;
  return agreed === 'none'
    ? { id, method: 'none', registeredFor }
    : { id, secret, method: agreed === 'client_secret_post' ? agreed : 'client_secret_basic', registeredFor };
}

/** A client with a secret uses the method that the server prefers of the two (RFC 6749, section 2.3.1). */
export function knownClient(
  { id, secret }: { readonly id: string; readonly secret?: string },
  methods: readonly string[] | undefined,
): OAuthClient {
  if (secret === undefined) return { id, method: 'none' };
  const posts = methods !== undefined && !methods.includes('client_secret_basic');
  return { id, secret, method: posts ? 'client_secret_post' : 'client_secret_basic' };
}

function registrationMethod(methods: readonly string[] | undefined): OAuthClient['method'] {
  if (methods === undefined || methods.includes('none')) return 'none';
  return methods.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post';
}
