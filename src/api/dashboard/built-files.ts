/** The dashboard as it was built: found at the first request, read once, kept in memory. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export type Encoding = 'br' | 'gzip' | 'identity';
const ENDINGS: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz', identity: '' };

export interface BuiltFile {
  readonly type: string;
  /** Of the content, whatever its encoding. */
  readonly tag: string;
  readonly encodings: ReadonlySet<Encoding>;
  bytes(encoding: Encoding): Promise<Buffer>;
}

export class BuiltFiles {
  readonly #folder: string | undefined;
  #files: Promise<ReadonlyMap<string, BuiltFile>> | undefined;

  /** @param candidates folders that may hold the build; the first with an index.html counts */
  constructor(candidates: readonly string[]) {
    this.#folder = candidates.find((folder) => existsSync(join(folder, 'index.html')));
  }

  /** By path from the folder, such as `assets/main-abc.js`; undefined for what was not built. */
  async get(path: string): Promise<BuiltFile | undefined> {
    this.#files ??= this.#list();
    return (await this.#files).get(path);
  }

  async #list(): Promise<ReadonlyMap<string, BuiltFile>> {
    const folder = this.#folder;
    if (folder === undefined) return new Map();
    const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
    const known = new Set(names);
    const served = names.filter((name) => TYPES[extname(name)] !== undefined);
    return new Map(
      await Promise.all(served.map(async (name) => [name, await this.#file(folder, name, known)] as const)),
    );
  }

  async #file(folder: string, name: string, known: ReadonlySet<string>): Promise<BuiltFile> {
    const encodings = new Set<Encoding>(
      (Object.keys(ENDINGS) as Encoding[]).filter((one) => known.has(name + ENDINGS[one])),
    );
    const read = new Map<Encoding, Promise<Buffer>>();
    const bytes = (encoding: Encoding): Promise<Buffer> => {
      const reading = read.get(encoding) ?? readFile(join(folder, name + ENDINGS[encoding]));
      read.set(encoding, reading);
      return reading;
    };
    const hash = createHash('sha256').update(await readFile(join(folder, name)));
    return {
      type: TYPES[extname(name)]!,
      tag: `"${hash.digest('base64url').slice(0, 22)}"`,
      encodings,
      bytes,
    };
  }
}
