/** Where facts come from, and whose word counts. */

export interface Source {
  /** What a source with a higher weight said of a server is not overwritten by one with a lower. */
  readonly weight: number;
  /** What being listed there adds to a server's rank. */
  readonly trust: number;
  /** Its address names one server: two addresses are two servers. */
  readonly names: boolean;
}

export const SOURCES = {
  starter: { weight: 1, trust: 10, names: false },
  npm: { weight: 2, trust: 5, names: true },
  pypi: { weight: 2, trust: 5, names: true },
  docker: { weight: 3, trust: 20, names: true },
  registry: { weight: 4, trust: 20, names: true },
  'server-json': { weight: 5, trust: 5, names: false },
  'tools-list': { weight: 6, trust: 10, names: false },
  scan: { weight: 6, trust: 10, names: false },
  gateway: { weight: 7, trust: 10, names: false },
} as const satisfies Record<string, Source>;

export type SourceName = keyof typeof SOURCES;
