/**
 * Whatever the gateway does not answer. Probes are answered by themselves; REST and the pages are loaded when somebody asks
 * for them, because a gateway that only relays calls needs none of it. If they cannot be loaded, the request that asked is
 * answered with an error, and the next one tries again.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gateway } from '../gateway/index.ts';
import type { Answerer } from './create-app.ts';
import type { ApiOptions } from './options.ts';

const HEADERS = {
  'content-type': 'application/json',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Answers every request that the gateway does not. */
export function createApi(options: ApiOptions): Answerer {
  let app: Promise<Answerer> | undefined;
  const load = async (): Promise<Answerer> => (await import('./create-app.ts')).createApp(options);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const probe = PROBES.get(request.url?.split('?', 1)[0] ?? '');
    if (probe !== undefined && (request.method === 'GET' || request.method === 'HEAD'))
      return say(response, await probe(options.gateway));
    app ??= load();
    (await app)(request, response);
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      app = undefined;
      options.logger.error({ cause: String(error) }, 'a request could not be answered');
      if (!response.headersSent) say(response, { status: 500, body: { status: 'error' } });
    });
  };
}

interface ProbeAnswer {
  readonly status: number;
  readonly body: object;
}

const PROBES: ReadonlyMap<string, (gateway: Gateway) => Promise<ProbeAnswer>> = new Map([
  ['/healthz', () => Promise.resolve({ status: 200, body: { status: 'ok' } })],
  ['/readyz', readiness],
]);

async function readiness(gateway: Gateway): Promise<ProbeAnswer> {
  const checks = await gateway.readiness();
  const ready = checks.every(({ ok }) => ok);
  return { status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not ready', checks } };
}

function say(response: ServerResponse, { status, body }: ProbeAnswer): void {
  response.writeHead(status, HEADERS).end(JSON.stringify(body));
}
