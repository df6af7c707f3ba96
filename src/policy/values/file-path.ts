/**
 * File paths by their text. A path counts as lying under a root only when every way to read it does: percent-decoded any
 * number of times or not at all, `\` as separator or as a letter. Links in the file system are not seen.
 */

interface PathReading {
  /** What the path starts from: `/`, `c:`, `\\` or '' for relative. Readings from different starts cannot be compared. */
  readonly start: string;
  readonly segments: readonly string[];
}

export interface RootPath extends PathReading {
  /** Read with Windows rules: `\` separates. */
  readonly windows: boolean;
}

const MOST_DECODINGS = 8;

/** What is wrong with a root, or undefined. */
export function rootTrouble(root: string): string | undefined {
  if (root === '') return 'Expected a directory, got an empty string; the current one is ".".';
  const windows = isWindows(root);
  const reading = readPath(root, windows);
  if (reading === undefined || /%[0-9a-fA-F]{2}/.test(root)) return `Expected a plain directory path, got ${JSON.stringify(root)}.`;
  return reading.segments.includes('..') ? 'Expected a directory that does not lead out of itself with "..".' : undefined;
}

/** @param root without trouble */
export function parseRoot(root: string): RootPath {
  const windows = isWindows(root);
  return { ...readPath(root, windows)!, windows };
}

/** Undefined when the readings disagree or one cannot be made. */
export function liesUnder(path: string, root: RootPath): boolean | undefined {
  let verdict: boolean | undefined;
  for (const decoded of decodings(path)) {
    if (decoded === undefined) return undefined;
    for (const backslashes of root.windows || !decoded.includes('\\') ? [root.windows] : [false, true]) {
      const reading = readPath(decoded, backslashes);
      if (reading === undefined) return undefined;
      const inside = isInside(reading, root);
      if (inside === undefined || (verdict !== undefined && verdict !== inside)) return undefined;
      verdict = inside;
    }
  }
  return verdict;
}

function isInside(path: PathReading, root: PathReading): boolean | undefined {
  const drives = path.start.length === 2 && root.start.length === 2;
  if (path.start !== root.start) return drives ? false : undefined;
  return root.segments.every((segment, index) => path.segments[index] === segment) && !path.segments.slice(root.segments.length).includes('..');
}

/** The text itself, then decoded again and again until nothing changes; undefined for what cannot be decoded. */
function* decodings(path: string): Generator<string | undefined> {
  let text = path;
  for (let round = 0; round < MOST_DECODINGS; round++) {
    yield text.includes('\u0000') || /%u[0-9a-fA-F]{4}/.test(text) ? undefined : text;
    let decoded: string;
    try {
      decoded = text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => decodeURIComponent(run));
    } catch {
      yield undefined;
      return;
    }
    if (decoded === text) return;
    text = decoded;
  }
  yield undefined;
}

function readPath(text: string, backslashes: boolean): PathReading | undefined {
  const path = backslashes ? text.replaceAll('\\', '/') : text;
  // Windows reads ".. " and "..." in its own ways.
  if (backslashes && path.split('/').some((segment) => /^[. ]+$/.test(segment) && segment !== '.' && segment !== '..')) return undefined;
  const drive = /^[A-Za-z]:/.exec(path)?.[0].toLowerCase();
  if (drive !== undefined && backslashes) return path[2] === '/' ? { start: drive, segments: resolve(path.slice(3), true) } : undefined;
  // A URL, a home directory, a network or device path: what they stand for is not in the text.
  if (text === '' || path.startsWith('~') || path.startsWith('//') || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(path)) return undefined;
  return path.startsWith('/') ? { start: '/', segments: resolve(path.slice(1), true) } : { start: '', segments: resolve(path, false) };
}

function resolve(path: string, absolute: boolean): string[] {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (!absolute) segments.push('..');
  }
  return segments;
}

function isWindows(root: string): boolean {
  return root.includes('\\') || /^[A-Za-z]:/.test(root);
}
