/** What the OAuth exchanges take and give. Everything here but `AuthorizationRequest.url` is secret and is sealed when it is stored. */

/** Of an authorization server's metadata (RFC 8414): what later requests need. */
export type Issuer = {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly authorization_endpoint?: string;
  readonly revocation_endpoint?: string;
  readonly token_endpoint_auth_methods_supported?: string[];
  readonly authorization_response_iss_parameter_supported?: boolean;
};

/** Who the gateway is at an authorization server. */
export interface OAuthClient {
  readonly id: string;
  readonly secret?: string;
  readonly method: 'none' | 'client_secret_basic' | 'client_secret_post';
  /** Set when it was registered dynamically: it may be used again for the same address. */
  readonly registeredFor?: string;
}

export interface AuthorizationRequest {
  readonly server: { readonly slug: string; readonly url: string };
  /** Registered beforehand, when there is one. */
  readonly client?: { readonly id: string; readonly secret?: string };
  /** The tokens of the connection that is replaced: its registration is used again. */
  readonly before?: Tokens;
  readonly scopes?: readonly string[];
}

/** What must be kept until the browser comes back. */
export interface Attempt {
  readonly issuer: Issuer;
  readonly client: OAuthClient;
  /** Resource indicator (RFC 8707). */
  readonly resource: string;
  readonly state: string;
  readonly verifier: string;
  readonly scopes: readonly string[];
}

export interface Tokens {
  readonly issuer: Issuer;
  readonly client: OAuthClient;
  readonly resource: string;
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Ms since the epoch; null when the answer did not say. */
  readonly expiresAt: number | null;
  readonly scopes: readonly string[];
}
