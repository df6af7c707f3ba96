/**
 * Files that people write: policies and configurations. Bytes that are no UTF-8 are refused rather than replaced, since a
 * rule with replaced characters means something else.
 */
import { readFile } from 'node:fs/promises';

const NO_TEXT = 'not UTF-8';

/** @throws an error whose `code` says why, in a word of the system or as "not UTF-8" */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path);
  try {
    // What reads the text says what it thinks of a byte order mark.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw Object.assign(new Error(NO_TEXT, { cause }), { code: NO_TEXT });
  }
}
