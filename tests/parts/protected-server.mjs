/** An MCP server behind the SDK's own authorization helpers: bearer tokens, protected resource metadata. */
import { once } from 'node:events';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
} from '@modelcontextprotocol/sdk/server/auth/router.js';
import express from 'express';

/** @param {{ issuer: string, scope: string, introspect: (token: string) => Promise<{ clientId: string, accountId?: string, scopes: string[], resource: string } | undefined> }} authorization */
export async function startProtectedServer({ issuer, scope, introspect }) {
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${server.address().port}/mcp`);
  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  const seen = [];
  let calls = 0;
  app.use((request, _, next) => {
    const headers = request.rawHeaders.join('\n');
    seen.push({ method: request.method, path: request.path, headers, socket: request.socket.remotePort });
    next();
  });
  app.use(
    mcpAuthMetadataRouter({ oauthMetadata: metadata, resourceServerUrl: url, scopesSupported: [scope] }),
  );
  const verifier = {
    async verifyAccessToken(token) {
      const found = await introspect(token);
      if (found === undefined) throw new InvalidTokenError('unknown token');
      const { clientId, accountId, scopes, resource } = found;
      const expiresAt = Date.now() / 1000 + 60;
      return { token, clientId, scopes, expiresAt, resource: new URL(resource), extra: { accountId } };
    },
  };
  const protect = requireBearerAuth({
    verifier,
    requiredScopes: [scope],
    expectedResource: url,
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
  });
  app.post('/mcp', protect, express.json(), async (request, response) => {
    const mcp = new McpServer({ name: 'protected', version: '1.0.0' });
    mcp.registerTool('whoami', { description: 'Says who calls' }, async (extra) => {
      calls += 1;
      return { content: [{ type: 'text', text: `client ${extra.authInfo?.clientId ?? 'nobody'}` }] };
    });
    mcp.registerTool('person', { description: 'Says as whom' }, async (extra) => {
      calls += 1;
      return { content: [{ type: 'text', text: `person ${extra.authInfo?.extra?.accountId ?? 'nobody'}` }] };
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    response.on('close', () => void mcp.close());
    await mcp.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  app.all('/mcp', protect, (_, response) => void response.status(405).end());
  return {
    url: url.href,
    /** Every request: its path, and its headers as they came. */
    seen,
    /** Tool calls that ran. */
    calls: () => calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
