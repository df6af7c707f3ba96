/** How servers may read a URI or a name: what a denial must hold for, and what a pattern may not admit. */
import { globMatcher } from './glob.ts';

const MOST_DECODINGS = 3;

/** A test for names that a server may take for one that the pattern matches. */
export function deniedName(pattern: string): (name: string) => boolean {
  const matches = globMatcher(pattern);
  return (name) => spellings(name).some(matches);
}

/** The same for URIs: file systems ignore case, readers of URIs ignore what does not name the resource. */
export function deniedResource(pattern: string): (uri: string) => boolean {
  const matches = globMatcher(pattern);
  const matchesFolded = globMatcher(folded(pattern));
  return (uri) =>
    spellings(uri).some(
      (one) => matches(one) || [one, ...plainForms(one)].some((form) => matchesFolded(folded(form))),
    );
}

/** Whether it climbs (`..`, also encoded): a server may resolve it to something else. */
export function climbs(name: string): boolean {
  let text = name;
  for (let round = 0; round < MOST_DECODINGS; round += 1) {
    if (text.includes('\0') || /(?:^|[/\\])\.\.?(?:[/\\?#]|$)/.test(text)) return true;
    const plain = decoded(text);
    if (plain === text) return false;
    text = plain;
  }
  return true;
}

/** As it stands, as the URL standard writes it, and both decoded. */
function spellings(name: string): readonly string[] {
  const texts = [name, ...(URL.canParse(name) ? [new URL(name).href] : [])];
  for (let round = 0; round < MOST_DECODINGS; round += 1) texts.push(...texts.slice(-2).map(decoded));
  return [...new Set(texts)];
}

/** Without user, port, query and fragment, with and without the slash at its end, each slash once. */
function plainForms(uri: string): readonly string[] {
  if (!URL.canParse(uri)) return [];
  const { protocol, hostname, pathname } = new URL(uri);
  const path = pathname.replace(/[/\\]+/g, '/');
  const start = `${protocol}${uri.includes('://') || protocol === 'file:' ? '//' : ''}${hostname}`;
  return [`${start}${path}`, `${start}${path.replace(/\/$/, '')}`];
}

function folded(text: string): string {
  return decoded(text).normalize('NFC').toLowerCase().trim();
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
  });
}
