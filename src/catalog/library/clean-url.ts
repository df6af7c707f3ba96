/** An address that may stand in a page as a link. */

const LONGEST = 2048;

/** http and https only, without credentials and fragment; undefined for anything else. Templates (`{tenant}`) stay as they are. */
export function cleanUrl(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

/** Of the many spellings of a repository (`git+https://…git`, `git@host:path`, `github:owner/name`) the one to open in a browser. */
export function repositoryUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const spelled = text
    .slice(0, LONGEST)
    .trim()
    .replace(/^git\+/, '')
    .replace(/^github:/, 'https://github.com/')
    .replace(/^(?:ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$1/')
    .replace(/^git:\/\//, 'https://')
    .replace(/\.git(?=$|[#?])/, '')
    .replace(/\/+$/, '');
  return cleanUrl(/^[\w.-]+\/[\w.-]+$/.test(spelled) ? `https://github.com/${spelled}` : spelled)?.replace(
    /\/$/,
    '',
  );
}
