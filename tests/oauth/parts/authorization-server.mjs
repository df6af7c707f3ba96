/** A real authorization server (oidc-provider) on a free port of the loopback address, with its own sign-in pages. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const SCOPE = 'tools';

/** @param {{ tokenSeconds?: number, registration?: boolean }} options */
export async function startAuthorizationServer(options = {}) {
  const settings = { tokenSeconds: 3600, registration: true, ...options };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'machine',
        client_secret: 'machine-secret-f1d6b7',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: [SCOPE, 'offline_access'],
    ttl: { AccessToken: () => settings.tokenSeconds, ClientCredentials: () => settings.tokenSeconds },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      registration: { enabled: settings.registration },
      revocation: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => undefined,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: SCOPE,
          audience: resource,
          accessTokenTTL: settings.tokenSeconds,
          accessTokenFormat: 'opaque',
        }),
      },
    },
  });
  /** Every token request and answer, so that tests know what must not leak. */
  const secrets = new Set(['machine-secret-f1d6b7']);
  const grants = [];
  provider.use(async (context, next) => {
    await next();
    if (context.path !== '/token') return;
    grants.push({ type: context.oidc?.params?.grant_type, status: context.status });
    for (const name of ['access_token', 'refresh_token'])
      if (typeof context.body?.[name] === 'string') secrets.add(context.body[name]);
    for (const name of ['code', 'code_verifier'])
      if (typeof context.oidc?.params?.[name] === 'string') secrets.add(context.oidc.params[name]);
  });
  server.on('request', provider.callback());
  return {
    issuer,
    settings,
    grants,
    secrets,
    scope: SCOPE,
    /** What a token stands for; undefined when it is unknown, revoked or over. */
    async introspect(token) {
      const found =
        (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
      if (!found || found.isExpired) return undefined;
      return {
        clientId: found.clientId,
        accountId: found.accountId,
        scopes: (found.scope ?? '').split(' '),
        resource: found.aud,
      };
    },
    /** Takes a token back behind everybody's back. */
    async destroy(token) {
      const found = (await provider.AccessToken.find(token)) ?? (await provider.RefreshToken.find(token));
      await found?.destroy();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
