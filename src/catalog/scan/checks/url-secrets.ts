import { masked, secretIn } from './secrets.ts';

/** What a URL gives away; empty for other text. */
export function secretsInUrl(text: string): string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return [];
  const url = new URL(text);
  const found: string[] = [];
  const password = decode(url.password);
  if (
    password !== '' &&
    !/\$\{|\{\{|<|\*{3}|^(?:pass(?:word)?|user|postgres|changeme|secret)$/i.test(password)
  )
    found.push(`a password for ${url.host}, ${masked(password)}`);
  for (const [name, value] of url.searchParams) {
    const secret = secretIn(
      value,
      /^(?:key|token|auth|sig|apikey|code)$/i.test(name) ? `${name}_token` : name,
    );
    if (secret !== undefined) found.push(`query parameter ${name}, ${masked(value)}`);
  }
  for (const segment of url.pathname.split('/')) {
    if (secretIn(decode(segment)) !== undefined) found.push(`part of the path, ${masked(segment)}`);
  }
  return found;
}

/** The URL without what could be secret in it. */
export function bareUrl(text: string): string {
  if (!URL.canParse(text)) return text.split(/[?#]/)[0]!;
  const url = new URL(text);
  const path = url.pathname
    .split('/')
    .map((segment) => (secretIn(decode(segment)) === undefined ? segment : '***'))
    .join('/');
  return `${url.protocol}//${url.host}${path}${url.search === '' ? '' : '?…'}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
