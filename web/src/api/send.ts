import { unreachable } from './problem.ts';

/** Same origin, with the session, never elsewhere. @throws ApiProblem with status 0 when nobody answers */
export const send: typeof fetch = (address, init) =>
  fetch(address, { ...init, credentials: 'same-origin', redirect: 'error' }).catch((error: unknown) => {
    throw init?.signal?.aborted === true ? error : unreachable();
  });
