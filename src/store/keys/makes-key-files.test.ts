import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchDirectory } from '../testing/databases.ts';
import { homeDirectory } from './home.ts';
import { keyFile } from './key-file.ts';
import { loadMasterKey } from './master-key.ts';
import { loadSigningKey } from './signing-key.ts';

const refused = (text: string): unknown =>
  expect.objectContaining({ code: 'PC_CONFIG_INVALID', message: expect.stringContaining(text) as unknown });

describe('the data directory', () => {
  it('is PORTCULLIS_HOME, created for its owner only', () => {
    const path = join(scratchDirectory(), 'a', 'home');
    expect(homeDirectory({ PORTCULLIS_HOME: path })).toBe(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(homeDirectory({ PORTCULLIS_HOME: path })).toBe(path);
  });

  it('says so when it cannot be created', () => {
    const file = join(scratchDirectory(), 'file');
    writeFileSync(file, '');
    expect(() => homeDirectory({ PORTCULLIS_HOME: join(file, 'home') })).toThrow(refused('PORTCULLIS_HOME'));
  });
});

describe('a key file', () => {
  it('is made once, whole, 0600, and leaves nothing beside it', () => {
    const home = scratchDirectory();
    const path = join(home, 'x.key');
    expect(keyFile(path, () => 'first')).toBe('first');
    expect(keyFile(path, () => 'second')).toBe('first');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['x.key']);
  });

  it('that another process made first is the one that counts', () => {
    const path = join(scratchDirectory(), 'x.key');
    const late = (): string => {
      writeFileSync(path, 'theirs');
      return 'ours';
    };
    expect(keyFile(path, late)).toBe('theirs');
    expect(readFileSync(path, 'utf8')).toBe('theirs');
  });

  it('that cannot be made is named', () => {
    const path = join(scratchDirectory(), 'nowhere', 'x.key');
    expect(() => keyFile(path, () => '')).toThrow(refused(path));
  });
});

describe('the master key', () => {
  it('comes from the environment before the file, and then makes none', () => {
    const home = scratchDirectory();
    const [key, old, older] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const env = {
      PORTCULLIS_MASTER_KEY: ` ${key.toString('base64')}\n`,
      PORTCULLIS_MASTER_KEY_PREVIOUS: `${old.toString('base64')}, ${older.toString('base64')}`,
    };
    expect(loadMasterKey(home, env)).toEqual({ key, previous: [old, older] });
    expect(existsSync(join(home, 'master.key'))).toBe(false);
  });

  it('is generated at first use, and stays', () => {
    const home = scratchDirectory();
    const first = loadMasterKey(home, {});
    expect(first.key).toHaveLength(32);
    expect(first.previous).toEqual([]);
    expect(loadMasterKey(home, { PORTCULLIS_MASTER_KEY: '' })).toEqual(first);
    expect(statSync(join(home, 'master.key')).mode & 0o777).toBe(0o600);
    expect(loadMasterKey(scratchDirectory(), {}).key).not.toEqual(first.key);
  });

  it('is refused when it is not 32 bytes in base64, without being repeated', () => {
    const home = scratchDirectory();
    const good = randomBytes(32).toString('base64');
    for (const bad of [
      randomBytes(31).toString('base64'),
      `${good}AA`,
      good.replace('=', '!'),
      'x',
      randomBytes(32).toString('hex'),
    ]) {
      expect(() => loadMasterKey(home, { PORTCULLIS_MASTER_KEY: bad })).toThrow(
        refused('PORTCULLIS_MASTER_KEY must'),
      );
      expect(() =>
        loadMasterKey(home, { PORTCULLIS_MASTER_KEY: good, PORTCULLIS_MASTER_KEY_PREVIOUS: bad }),
      ).toThrow(refused('PORTCULLIS_MASTER_KEY_PREVIOUS must'));
    }
    writeFileSync(join(home, 'master.key'), '');
    expect(() => loadMasterKey(home, {})).toThrow(refused('master.key must'));
  });
});

describe('the signing key', () => {
  it('is an Ed25519 pair that is made once', () => {
    const home = scratchDirectory();
    const { privateKey, publicKeyPem, keyId } = loadSigningKey(home);
    const signature = sign(null, Buffer.from('x'), privateKey);
    expect(verify(null, Buffer.from('x'), createPublicKey(publicKeyPem), signature)).toBe(true);
    expect(loadSigningKey(home)).toMatchObject({ publicKeyPem, keyId });
    expect(keyId).toMatch(/^[\w-]{16}$/);
    expect(statSync(join(home, 'audit-signing.key')).mode & 0o777).toBe(0o600);
  });

  it('is refused when the file holds something else', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    for (const text of ['', 'x', other.toString()]) {
      const home = scratchDirectory();
      writeFileSync(join(home, 'audit-signing.key'), text);
      expect(() => loadSigningKey(home)).toThrow(refused('Ed25519'));
    }
  });
});
