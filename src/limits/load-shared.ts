/** Loads what counts in Redis; a program without Redis never does. */
export const loadShared = (): Promise<typeof import('./redis/index.ts')> => import('./redis/index.ts');
