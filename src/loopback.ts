import { isIP } from 'node:net';

/** Whether only this machine can reach a host: one to listen on, or that of a URL. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}
