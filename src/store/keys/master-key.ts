/** The key that wraps the keys of all stored secrets. Without it they cannot be opened by anyone. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PortcullisError } from '../../errors.ts';
import type { EnvironmentVariables } from './home.ts';
import { keyFile } from './key-file.ts';

const KEY_BYTES = 32;

export interface MasterKeys {
  /** 32 bytes; seals. */
  readonly key: Buffer;
  /** Keys before it; they only open. */
  readonly previous: readonly Buffer[];
}

/**
 * PORTCULLIS_MASTER_KEY (base64 of 32 bytes), else the file `<home>/master.key`, generated at first use.
 * PORTCULLIS_MASTER_KEY_PREVIOUS holds earlier keys, separated by commas; so does the file's `master.key.previous`, one a line.
 * @throws PC_CONFIG_INVALID for anything that is not a key
 */
export function loadMasterKey(home: string, env: EnvironmentVariables): MasterKeys {
  const given = env['PORTCULLIS_MASTER_KEY'];
  const previous = (env['PORTCULLIS_MASTER_KEY_PREVIOUS'] ?? '')
    .split(',')
    .filter((text) => text.trim() !== '');
  const retired = given ? [] : linesOf(previousKeyFile(home));
  return {
    key: given ? parseKey(given, 'PORTCULLIS_MASTER_KEY') : keyFromFile(join(home, 'master.key')),
    previous: [
      ...previous.map((text) => parseKey(text, 'PORTCULLIS_MASTER_KEY_PREVIOUS')),
      ...retired.map((text) => parseKey(text, previousKeyFile(home))),
    ],
  };
}

/** Where rotation keeps the keys before, until they are not needed any more. */
export function previousKeyFile(home: string): string {
  return join(home, 'master.key.previous');
}

function linesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function keyFromFile(path: string): Buffer {
  return parseKey(
    keyFile(path, () => `${randomBytes(KEY_BYTES).toString('base64')}\n`),
    path,
  );
}

function parseKey(text: string, source: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  // Node skips what is not base64; a key with a typing error must not become another key.
  if (key.length === KEY_BYTES && key.toString('base64') === trimmed) return key;
  throw new PortcullisError('PC_CONFIG_INVALID', {
    detail: `${source} must be ${KEY_BYTES} bytes in base64`,
  });
}
