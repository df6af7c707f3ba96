export { createApi } from './create-api.ts';
export type { ApiOptions } from './options.ts';
export { VERSION } from './version.ts';
