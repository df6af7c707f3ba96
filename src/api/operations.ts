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
  { gateway, publicUrl }: Services,
  keys: KeyRing,
  metrics: ApiMetrics,
  version: string,
): void {
  const addresses = addressPolicy(publicUrl, options.environment.host);
  const contract = openApi(ROUTES, { publicUrl, version });
  const policySchema = JSON.stringify(policyJsonSchema());

  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    const checks = await gateway.readiness();
    const ready = checks.every(({ ok }) => ok);
    return context.json({ status: ready ? 'ready' : 'not ready', checks }, ready ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    if (!isLocalScraper(context.env.incoming, addresses))
      await keys.caller(context.req.header('authorization'));
    return context.body(await metrics.registry.metrics(), 200, {
      'content-type': metrics.registry.contentType,
    });
  });
  app.get('/openapi.json', (context) => context.json(contract));
  app.get('/schema/policy-1.json', (context) =>
    context.body(policySchema, 200, { 'content-type': 'application/schema+json' }),
  );
  addDashboard(app);
}
