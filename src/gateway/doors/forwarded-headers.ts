/** Client headers that may pass upstream: the protocol's own and W3C trace context. Credentials, cookies and forwarding headers never do. */
import type { IncomingHttpHeaders } from 'node:http';
import { mayPass } from '../../upstreams/index.ts';

export function forwardedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name in headers) {
    if (mayPass(name)) {
      const value = headers[name];
      if (typeof value === 'string') passed[name] = value;
    }
  }
  return passed;
}
