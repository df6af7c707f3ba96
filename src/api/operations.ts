/** Routes outside the contract: what operators, scrapers and editors ask, and the dashboard. */
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { addressPolicy } from '../identity/index.ts';
import { policyJsonSchema } from '../policy/index.ts';
import type { Services } from './contract.ts';
import { addDashboard } from './dashboard/add-dashboard.ts';
import type { KeyRing } from './key-ring.ts';
import { isLocalScraper, type ApiMetrics } from './metrics.ts';
import { openApi } from './openapi.ts';
import type { ApiOptions } from './options.ts';
import { ROUTES } from './routes/index.ts';

export function addOperations(
  app: Hono<{ Bindings: HttpBindings }>,
  options: ApiOptions,
  { publicUrl }: Services,
  keys: KeyRing,
  metrics: ApiMetrics,
  version: string,
): void {
  const addresses = addressPolicy(publicUrl, options.environment.host);
  const contract = once(() => JSON.stringify(openApi(ROUTES, { publicUrl, version })));
  const policySchema = once(() => JSON.stringify(policyJsonSchema()));

  app.get('/metrics', async (context) => {
    if (!isLocalScraper(context.env.incoming, addresses))
      await keys.caller(context.req.header('authorization'));
    return context.body(await metrics.registry.metrics(), 200, {
      'content-type': metrics.registry.contentType,
    });
  });
  app.get('/openapi.json', (context) =>
    context.body(contract(), 200, { 'content-type': 'application/json' }),
  );
  app.get('/schema/policy-1.json', (context) =>
    context.body(policySchema(), 200, { 'content-type': 'application/schema+json' }),
  );
  addDashboard(app);
}

/** What takes long to make and few ask for. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}
