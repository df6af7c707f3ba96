/** By what the same server is recognised in several sources. */
import { repositoryUrl } from './clean-url.ts';
import type { CatalogPackage, ImportedServer } from './types.ts';

type Identified = Pick<ImportedServer, 'packages' | 'remotes' | 'repository'>;

export interface ServerKeys {
  /** Each of them names one server. */
  readonly strong: readonly string[];
  /** A repository may hold many. */
  readonly weak: readonly string[];
}

export function keysOf({ packages = [], remotes = [], repository }: Identified): ServerKeys {
  return {
    strong: [...packages.map(packageKey), ...remotes.map(({ url }) => `remote:${url.replace(/\/+$/, '')}`)],
    weak:
      repository === undefined ? [] : [`repository:${repository.toLowerCase().replace(/^https?:\/\//, '')}`],
  };
}

export function slugKey(slug: string): string {
  return `slug:${slug}`;
}

/** Names as their registries compare them: PyPI (PEP 503) takes `-`, `_` and `.` for the same. */
export function packageKey({ registry, name }: CatalogPackage): string {
  const compared = registry === 'pypi' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name.toLowerCase();
  return `package:${registry}:${compared}`;
}

/** Under which keys somebody may mean a server, the likeliest first. */
export function keysOfReference(reference: string): string[] {
  const text = reference.trim().slice(0, 2048);
  if (/^https?:\/\//.test(text)) {
    const repository = repositoryUrl(text);
    const { strong, weak } = keysOf({ remotes: [{ type: 'http', url: text }], repository });
    return [...strong, ...weak];
  }
  const [, registry, name = text] = /^(npm|pypi|oci|nuget|mcpb|cargo):(.+)$/.exec(text) ?? [];
  // A version is not part of a package's name.
  const unversioned = name.replace(/(?<=.)@[^/@]*$/, '').replace(/==.*$/, '');
  const registries = registry === undefined ? ['npm', 'pypi', 'oci', 'nuget'] : [registry];
  return [
    ...(registry === undefined ? [slugKey(text.toLowerCase())] : []),
    ...registries.map((one) => packageKey({ registry: one, name: unversioned, version: null })),
  ];
}
