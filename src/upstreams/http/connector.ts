/** Opens sockets for undici: within a time limit, and only to addresses that the guard lets through. */
import { isIP, Socket } from 'node:net';
import { joinWrites } from '../../wire/index.ts';
import { buildConnector } from './undici-parts.ts';
import { ForbiddenAddressError, type AddressGuard } from '../address/address-guard.ts';

/** How long one of several addresses of a name may take before the next is tried. */
const NEXT_ADDRESS_AFTER_MS = 1000;

/** A connector that fails with ForbiddenAddressError, or with the socket's own error, after at most `timeoutMs` (undici counts in seconds: up to 1 s more). */
export function createConnector(guard: AddressGuard, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup: guard.lookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
  } as buildConnector.BuildOptions);
  return (options, done) => {
    const callback: buildConnector.Callback = (...result) => {
      if (result[1] instanceof Socket) joinWrites(result[1]);
      done(...result);
    };
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const reason = isIP(host) === 0 ? undefined : guard.check(host);
    if (reason === undefined) connect(options, callback);
    else queueMicrotask(() => callback(new ForbiddenAddressError(reason, host), null));
  };
}
