export { addressRanges, networkOf, rangeProblem, type AddressRanges } from './address-ranges.ts';
export { bearerToken } from './bearer.ts';
export { clientAddress } from './client-address.ts';
export { addressPolicy, checkHostAndOrigin, type AddressPolicy } from './host-origin.ts';
export { createBinder, type Binder, type SessionFacts } from './session-id.ts';
