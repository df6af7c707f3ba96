export { createCatalogPages } from './create-catalog-pages.ts';
export type { CatalogPagesOptions } from './options.ts';
export type { ContactDesk } from './contact/types.ts';
