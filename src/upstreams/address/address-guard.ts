/**
 * Keeps upstream connections away from addresses that were never meant to be reached through the gateway. The check is
 * made on the resolved addresses at the moment of dialling, and the socket dials exactly what was checked, so a name
 * that changes its mind (DNS rebinding) gains nothing. If one address of a name is forbidden, the name is.
 */
import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { rangeOf } from './address-ranges.ts';
import { embeddedAddresses } from './embedded-addresses.ts';
import { parseAddress, type Address } from './parse-address.ts';

export interface AddressGuard {
  /** Why an address may not be dialled, in words that do not repeat it; undefined when it may. */
  check(address: string): string | undefined;
  /** A `lookup` for `net.connect`: resolves, checks every address, hands on only checked ones. */
  readonly lookup: LookupFunction;
}

/** Resolves a name to all of its addresses, as `dns.lookup` does with `all: true`. */
export type ResolveAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** The reason stays inside; `connectFailure` turns it into the public error. */
export class ForbiddenAddressError extends Error {
  readonly code = 'PC_UPSTREAM_FORBIDDEN_ADDRESS';
  readonly reason: string;

  constructor(reason: string, address: string) {
    super(`${address}: ${reason}`);
    this.reason = reason;
  }
}

/**
 * @param options `allowPrivate` opens loopback, private and other non-public ranges; metadata services, multicast and
 *   broadcast stay closed. `resolve` replaces the system's resolver.
 */
export function createAddressGuard(options: {
  readonly allowPrivate: boolean;
  readonly resolve?: ResolveAll;
}): AddressGuard {
  const resolve = options.resolve ?? (systemLookup as ResolveAll);

  const forbidden = (address: Address): string | undefined => {
    const range = rangeOf(address);
    if (range !== undefined && (range.kind === 'never' || !options.allowPrivate))
      return `it is ${range.what}`;
    if (address.family === 4) return undefined;
    for (const value of embeddedAddresses(address.value)) {
      const reason = forbidden({ family: 4, value });
      if (reason !== undefined) return `${reason} inside an IPv6 address`;
    }
    return undefined;
  };

  const check = (text: string): string | undefined => {
    const address = parseAddress(text);
    return address === undefined ? 'it is not an IP address' : forbidden(address);
  };

  const lookup: LookupFunction = (hostname, wanted, callback) => {
    resolve(hostname, { ...wanted, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      for (const { address } of addresses) {
        const reason = check(address);
        if (reason !== undefined) return callback(new ForbiddenAddressError(reason, address), []);
      }
      const first = addresses[0];
      if (first === undefined) {
        return callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
      }
      if (wanted.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

  return { check, lookup };
}
