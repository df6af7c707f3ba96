/** As much of an OpenID Connect provider as signs one person in: discovery, keys, the code flow with PKCE. */
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OidcProvider {
  readonly issuer: string;
  /** Who is signed in at the provider. */
  person: {
    readonly sub: string;
    readonly email: string;
    /** Some providers write it as text. */
    readonly email_verified: boolean | 'true' | 'false';
    readonly name: string;
  };
  /** What it says of the person to a client. */
  identityToken(audience: string, nonce?: string): string;
  close(): void;
}

export async function startOidcProvider(person: OidcProvider['person']): Promise<OidcProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, { challenge: string; nonce: string | null; client: string }>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer);
    const json = (body: object, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const { issuer } = provider;
    if (url.pathname === '/.well-known/openid-configuration')
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (url.pathname === '/jwks')
      return json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] });
    if (url.pathname === '/userinfo') return json(provider.person);
    if (url.pathname === '/authorize') {
      const code = `code-${codes.size}`;
      const { searchParams: asked } = url;
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        nonce: asked.get('nonce'),
        client: asked.get('client_id') ?? '',
      });
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      back.searchParams.set('iss', issuer);
      return void response.writeHead(302, { location: back.href }).end();
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const code = form.get('code') ?? '';
      const grant = codes.get(code);
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (grant === undefined || proof !== grant.challenge) return json({ error: 'invalid_grant' }, 400);
      codes.delete(code);
      const id_token = provider.identityToken(grant.client, grant.nonce ?? undefined);
      json({ access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token });
    });
  });
  const identityToken = (audience: string, nonce?: string): string => {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 60 };
    const claims = { ...provider.person, iss: provider.issuer, aud: audience, ...times, nonce };
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  };
  const provider: OidcProvider = { issuer: '', person, identityToken, close: () => void server.close() };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(provider, { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
