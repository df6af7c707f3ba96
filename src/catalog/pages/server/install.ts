/** How to put the gateway in front of the server: commands only from names that a shell takes as one plain word. */
import type { CatalogPackage, CatalogServer } from '../../library/types.ts';
import { cleanText } from '../clean-text.ts';
import { foreign, soft, text } from '../blocks/make.ts';
import type { Block } from '../blocks/types.ts';
import { webUrl } from './web-url.ts';

const MOST = 3;
const VERSION = /^[0-9A-Za-z][\w.+-]{0,60}$/;

interface Runner {
  readonly name: RegExp;
  readonly command: (name: string, version: string | undefined) => string;
}

const RUNNERS: Readonly<Record<string, Runner>> = {
  npm: {
    name: /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/,
    command: (name, version) => `npx -y ${name}${version === undefined ? '' : `@${version}`}`,
  },
  pypi: {
    name: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    command: (name, version) => `uvx ${name}${version === undefined ? '' : `@${version}`}`,
  },
  oci: {
    name: /^[a-z0-9][a-z0-9._/-]*$/,
    command: (name, version) => `docker run -i --rm ${name}${version === undefined ? '' : `:${version}`}`,
  },
  nuget: {
    name: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    command: (name, version) => `dnx ${name}${version === undefined ? '' : `@${version}`} --yes`,
  },
};

export function install(server: CatalogServer): readonly Block[] {
  const slug = server.slug.slice(0, 60);
  const programs = server.packages
    .slice(0, 20)
    .flatMap((one) => commandOf(one) ?? [])
    .slice(0, MOST);
  const remotes = server.remotes
    .slice(0, 20)
    .flatMap(({ url }) => webUrl(url) ?? [])
    .slice(0, MOST);
  const blocks: Block[] = [];
  programs.forEach((command, index) =>
    blocks.push({
      kind: 'code',
      id: `install-${index}`,
      name: 'as a program on your machine',
      language: 'sh',
      text: `npx portcullis wrap --policy policy.json -- ${command}`,
    }),
  );
  remotes.forEach((url, index) =>
    blocks.push({
      kind: 'code',
      id: `remote-${index}`,
      name: 'as a service on the network',
      language: 'sh',
      text: `npx portcullis server add ${slug} --url ${quoted(url)}\nnpx portcullis policy set ${slug} recommended policy.json\nnpx portcullis grant mint ${slug} --policy recommended`,
    }),
  );
  if (blocks.length === 0)
    blocks.push(
      text(
        'No source tells a package or an address that can be run as it is. Follow ',
        foreign(server.title, 80),
        '’s own instructions, then put the gateway in front:',
      ),
      {
        kind: 'code',
        id: 'install-0',
        name: 'as a program on your machine',
        language: 'sh',
        text: 'npx portcullis wrap --policy policy.json -- <its command>',
      },
    );
  if (programs.length > 0)
    blocks.push(
      soft(
        'The command is from a registry’s record. Check that the package is the one you mean before you run it.',
      ),
    );
  return blocks;
}

function commandOf({ registry, name, version }: CatalogPackage): string | undefined {
  const runner = Object.hasOwn(RUNNERS, registry) ? RUNNERS[registry] : undefined;
  if (runner === undefined || name.length > 140 || !runner.name.test(name)) return undefined;
  const known = version !== null && VERSION.test(version) ? version : undefined;
  return cleanText(runner.command(name, known), 260);
}

/** For a POSIX shell. */
function quoted(url: string): string {
  return /^[\w:/.-]+$/.test(url) ? url : `'${url.replaceAll("'", `'\\''`)}'`;
}
