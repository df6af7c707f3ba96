export { bearerToken } from './bearer.ts';
export { addressPolicy, checkHostAndOrigin, type AddressPolicy } from './host-origin.ts';
export { createBinder, type Binder, type SessionFacts } from './session-id.ts';
