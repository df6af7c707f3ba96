/** The catalogue as an MCP server over Streamable HTTP, at `/catalog/mcp`: public like its pages, without sessions. */
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { answerMessage, type Catalog } from '../catalog/index.ts';
import { PortcullisError, toPortcullisError } from '../errors.ts';
import { checkHostAndOrigin, type AddressPolicy } from '../identity/index.ts';
import { problemResponse } from './problem.ts';
import { readBytes } from './read-body.ts';

/** Bytes: a list of tool definitions, at most. */
const LARGEST_MESSAGE = 2 * 1024 * 1024;

export function addCatalogMcp(
  app: Hono<{ Bindings: HttpBindings }>,
  catalog: Catalog,
  addresses: AddressPolicy,
  version: string,
): void {
  app.post('/catalog/mcp', async ({ req }) => {
    try {
      checkHostAndOrigin(addresses, req.header('host'), req.header('origin'));
      const bytes = await readBytes(req.raw, LARGEST_MESSAGE);
      const { status, body } = await answerMessage({ catalog, version }, bytes, req.header());
      const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
      return body === null
        ? new Response(null, { status })
        : new Response(new Uint8Array(body), { status, headers });
    } catch (thrown) {
      return problemResponse(toPortcullisError(thrown));
    }
  });
  app.all('/catalog/mcp', () =>
    problemResponse(new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'POST' })),
  );
}
