/** A `server.json` document (modelcontextprotocol.io/schemas, 2025-07-09 to 2025-12-11), as files and registries hold it. */
import type { CatalogPackage, ImportedServer, Transport } from '../library/types.ts';
import { slugOf } from '../library/clean-server.ts';
import type { EntryReader } from './read-json.ts';

const LANGUAGES: Readonly<Record<string, string>> = {
  npm: 'typescript',
  pypi: 'python',
  nuget: 'csharp',
  cargo: 'rust',
};
const TRANSPORTS: Readonly<Record<string, Transport>> = {
  stdio: 'stdio',
  'streamable-http': 'http',
  streamable: 'http',
  http: 'http',
  sse: 'sse',
};

export type ServerJson = Omit<ImportedServer, 'source'>;

/** Problems are the entry's; what can be read is read. */
export function readServerJson(entry: EntryReader): ServerJson {
  const name = entry.required('name');
  const packages = (entry.list('packages') ?? []).flatMap(readPackage);
  const remotes = (entry.list('remotes') ?? []).flatMap((remote) => {
    const url = remote.text('url');
    const type = TRANSPORTS[remote.text('type') ?? remote.text('transport_type') ?? ''];
    return url === undefined || type === undefined ? [] : [{ type, url }];
  });
  const [language] = packages.flatMap(({ found }) => LANGUAGES[found.registry] ?? []);
  const transports = new Set<Transport>(packages.map(({ transport }) => transport));
  for (const { type } of remotes) transports.add(type);
  return {
    slug: slugOf(name),
    title: entry.text('title') ?? name,
    description: entry.text('description'),
    version: entry.text('version') ?? entry.object('version_detail')?.text('version'),
    transports: [...transports],
    language,
    packages: packages.map(({ found }) => found),
    remotes,
    homepage: entry.text('websiteUrl') ?? entry.text('website_url'),
    repository: repositoryOf(entry.object('repository')),
    extra: entry.whole,
  };
}

/** A repository of many servers is told apart by its folder. */
function repositoryOf(repository: EntryReader | undefined): string | undefined {
  const url = repository?.text('url');
  const folder = repository?.text('subfolder')?.replace(/^[./]+/, '');
  return url === undefined || folder === undefined || folder === ''
    ? url
    : `${url.replace(/(\.git)?\/*$/, '')}/tree/HEAD/${folder}`;
}

function readPackage(
  entry: EntryReader,
): { readonly found: CatalogPackage; readonly transport: Transport }[] {
  const registry = entry.text('registryType') ?? entry.text('registry_type') ?? entry.text('registry_name');
  const name = entry.text('identifier') ?? entry.text('name');
  if (registry === undefined || name === undefined) return [];
  return [
    {
      found: {
        registry: registry.toLowerCase(),
        name: withoutTag(registry, name),
        version: entry.text('version') ?? null,
      },
      transport: TRANSPORTS[entry.object('transport')?.text('type') ?? 'stdio'] ?? 'stdio',
    },
  ];
}

/** `ghcr.io/acme/mail:1.2` and `…@sha256:…` are one image. */
function withoutTag(registry: string, name: string): string {
  return registry.toLowerCase() === 'oci' ? name.replace(/@sha256:.*$/, '').replace(/:[\w.-]+$/, '') : name;
}
