/** A certificate for hosts that are not ours, which only those believe who are told to. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** Of the certificate, which is its own authority. */
  readonly path: string;
  remove(): void;
}

/** @throws Error where there is no `openssl` */
export function certificateFor(hosts: readonly string[]): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-certificate-'));
  const [key, path] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=stand-in`
      .split(' ')
      .concat('-keyout', key, '-out', path, '-addext', `subjectAltName=${names}`),
    { stdio: 'pipe' },
  );
  return {
    key: readFileSync(key),
    cert: readFileSync(path),
    path,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
