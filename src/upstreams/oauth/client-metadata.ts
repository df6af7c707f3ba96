/** What the gateway says of itself to authorization servers (RFC 7591, section 2; client id metadata documents). */

/** Where they find it: also the client id at servers that read such documents. */
export function clientIdUrl(publicUrl: string): string {
  return `${publicUrl}/oauth/client.json`;
}

/** Where browsers come back to. */
export function redirectUri(publicUrl: string): string {
  return `${publicUrl}/oauth/callback`;
}

/** Shape: a client metadata object, without `client_id`. */
export function clientMetadata(publicUrl: string) {
  return {
    client_name: 'Portcullis',
    client_uri: publicUrl,
    redirect_uris: [redirectUri(publicUrl)],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
}
