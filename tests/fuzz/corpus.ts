/**
 * The inputs that are kept in `corpus/<target>.jsonl`, one a line: `text` or, where it is no UTF-8, `hex`. An input with `found`
 * once broke a promise.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isUtf8 } from 'node:buffer';

interface Line {
  readonly text?: string;
  readonly hex?: string;
  readonly found?: string;
}

export interface Kept {
  readonly bytes: Buffer;
  readonly found?: string;
}

const fileOf = (target: string): URL => new URL(`corpus/${target}.jsonl`, import.meta.url);

export function readCorpus(target: string): Kept[] {
  const file = fileOf(target);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .map(({ text, hex, found }) => ({
      bytes: text === undefined ? Buffer.from(hex ?? '', 'hex') : Buffer.from(text),
      ...(found === undefined ? {} : { found }),
    }));
}

export function writeCorpus(target: string, kept: readonly Kept[]): void {
  const lines = kept.map(({ bytes, found }) => {
    const line: Line = {
      ...(isUtf8(bytes) ? { text: bytes.toString('utf8') } : { hex: bytes.toString('hex') }),
      ...(found === undefined ? {} : { found }),
    };
    return `${JSON.stringify(line)}\n`;
  });
  writeFileSync(fileOf(target), lines.join(''));
}
