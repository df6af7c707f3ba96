/**
 * path_within: whether a file path lies under one of the roots, after everything that a file system or a decoder may do to it.
 * A path that still changes after several rounds of percent-decoding, or that holds a NUL, is not judged.
 */
import { list, text } from '../shape.ts';
import type { Operator } from './operator.ts';

const MOST_DECODINGS = 5;

export const pathWithin: Operator = {
  name: 'path_within',
  negative: false,
  operand: list(text('a directory'), { min: 1 }),
  problem: (roots: readonly string[]) => {
    const odd = roots.find((root) => normalised(root) === undefined);
    return odd === undefined ? undefined : `${JSON.stringify(odd)} is not a path`;
  },
  prepare: (roots: readonly string[]) => {
    const known = roots.map((root) => normalised(root)!);
    return (value) => {
      if (typeof value !== 'string') return undefined;
      const path = normalised(value);
      if (path === undefined || isOdd(decoded(value)!.replaceAll('\\', '/'))) return undefined;
      if (known.some((root) => isUnder(path, root))) return true;
      // A reader that decodes less, splits at fewer separators, ignores case or starts elsewhere may still end up below a root.
      return otherReadings(value).some((reading) =>
        known.some((root) => mayBeUnder(reading, root) || mayBeUnder(folded(reading), folded(root))),
      )
        ? undefined
        : false;
    };
  },
};

/** What readers trim, expand or take for something else: blanks around it, variables, and on Windows dots, streams and short names. */
function isOdd(path: string): boolean {
  if (path !== path.trim() || /[\u0000-\u001f\u007f]|^(?:\$|%\w+%)/.test(path)) return true;
  const compatible = path.normalize('NFKC');
  if (compatible !== path && /[/\\]\.\.?(?:[/\\]|$)|^\.\.?[/\\]/.test(compatible)) return true;
  if (compatible.split(/[/\\]/).length !== path.split('/').length) return true;
  if (!/^[A-Za-z]:/.test(path)) return false;
  return path
    .slice(2)
    .split('/')
    .some((name) => name.includes(':') || /~\d/.test(name) || /[^./][. ]+$|^\.{3,}$|^\.\.? /.test(name));
}

/** As file systems compare that ignore case, forms of letters and what is not seen. */
function folded(path: string): string {
  return path
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .normalize('NFC')
    .toLowerCase();
}

function otherReadings(path: string): readonly string[] {
  const literal = segmented(path);
  const slashed = segmented(path.replaceAll('\\', '/'));
  return [literal, slashed, segmented(path.replace(/^[\\/]{2,}/, '/')), normalised(path) ?? path];
}

function mayBeUnder(path: string, root: string): boolean {
  const relative = !/^(?:\/|[a-z]:)/i.test(path);
  const rooted = /^(?:\/|[a-z]:)/.test(root);
  return isUnder(path, root) || (relative && rooted);
}

function isUnder(path: string, root: string): boolean {
  if (root === '.') return !/^(?:\/|[a-z][a-z0-9+.-]*:|\.\.(?:\/|$))/i.test(path);
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
}

/** One spelling: forward slashes, no dot segments; relative paths keep what climbs out of them. */
function normalised(path: string): string | undefined {
  const plain = decoded(path)?.replaceAll('\\', '/');
  if (plain === undefined || plain.includes('\0') || plain.startsWith('~')) return undefined;
  return segmented(plain);
}

/** Dot segments resolved, separators as they are. */
function segmented(plain: string): string {
  const drive = /^[A-Za-z]:/.exec(plain)?.[0];
  const rest = drive === undefined ? plain : plain.slice(2);
  const absolute = rest.startsWith('/');
  const segments: string[] = [];
  for (const segment of rest.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(drive === undefined ? segment : segment.toLowerCase());
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (!absolute) segments.push('..');
  }
  const unc = plain.startsWith('//') ? '/' : '';
  return `${drive?.toLowerCase() ?? ''}${absolute ? `${unc}/` : ''}${segments.join('/')}` || '.';
}

/** As readers decode that pass over what is wrong; undefined for what only some of them can decode. */
function decoded(path: string): string | undefined {
  let text = path;
  for (let round = 0; round < MOST_DECODINGS; round += 1) {
    if (/%u[0-9a-f]{4}/i.test(text)) return undefined;
    let next: string;
    try {
      next = text.replace(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent);
    } catch {
      return undefined;
    }
    if (next === text) return text;
    text = next;
  }
  return undefined;
}
