import type { Hono } from 'hono';
import type { CatalogPagesOptions } from './pages/options.ts';

/** The public pages (see `pages/create-catalog-pages.ts`), loaded when they are first asked for, so that they cost no time at start. */
export async function loadCatalogPages(options: CatalogPagesOptions): Promise<Pick<Hono, 'fetch'>> {
  const { createCatalogPages } = await import('./pages/index.ts');
  return createCatalogPages(options);
}
