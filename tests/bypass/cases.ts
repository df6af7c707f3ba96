/** The corpus: hostile messages and the answers they must get. The README describes the form of a case. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

export interface Case {
  readonly name: string;
  readonly body: string | { readonly hex: string } | Repeated;
  readonly gzip?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly path?: string;
  readonly method?: string;
  readonly session?: string;
  readonly foreignSession?: boolean;
  readonly foreignGrant?: boolean;
  readonly expect: {
    readonly status?: number;
    readonly code?: number;
    readonly text?: string;
    readonly refused?: true;
  };
}

interface Repeated {
  readonly before: string;
  readonly repeat: string;
  readonly times: number;
  readonly after: string;
}

const FOLDER = new URL('corpus/', import.meta.url);

/** Each file's name and cases. */
export const CORPUS: readonly (readonly [string, readonly Case[]])[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .map((file) => [
    file.slice(0, -'.json'.length),
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Case[],
  ]);

/** The bytes that a case sends. */
export function bytesOf({ body, gzip }: Case): Buffer {
  if (gzip !== undefined) return gzipSync(gzip);
  if (typeof body === 'string') return Buffer.from(body);
  if ('hex' in body) return Buffer.from(body.hex, 'hex');
  return Buffer.from(body.before + body.repeat.repeat(body.times) + body.after);
}
