/** Client headers that may pass upstream: the protocol's own and W3C trace context. Credentials, cookies and forwarding headers never do. */
import type { IncomingHttpHeaders } from 'node:http';

const PASS = new Set([
  'accept',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
  'last-event-id',
  'traceparent',
  'tracestate',
]);

export function forwardedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name in headers) {
    if (PASS.has(name) || name.startsWith('mcp-param-')) {
      const value = headers[name];
      if (typeof value === 'string') passed[name] = value;
    }
  }
  return passed;
}
