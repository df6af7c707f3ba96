// oxlint-disable-next-line typescript/triple-slash-reference -- declarations of modules cannot be imported
/// <reference path="./undici-modules.d.ts" />
/**
 * The parts of undici that calls need. Its front page loads its fetch, web sockets, caches and mocks too, which took most of a
 * start's time; what needs more than these loads it when it is asked for.
 */
export { default as buildConnector } from 'undici/lib/core/connect.js';
export { default as errors } from 'undici/lib/core/errors.js';
export { default as Pool } from 'undici/lib/dispatcher/pool.js';
