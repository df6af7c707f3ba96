/** Names of JavaScript: what is harmless, what hosts hand out, and which properties lead from a value to the interpreter. */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Globals that compute and nothing else. */
export const HARMLESS = words(`
  undefined NaN Infinity Object Array String Number Boolean Symbol BigInt Math JSON Date RegExp Map Set WeakMap WeakSet WeakRef
  Promise Iterator Error TypeError RangeError SyntaxError URIError ReferenceError EvalError AggregateError Intl console
  Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array
  BigUint64Array ArrayBuffer DataView isNaN isFinite parseInt parseFloat encodeURIComponent decodeURIComponent encodeURI
  decodeURI escape unescape URL URLSearchParams TextEncoder TextDecoder structuredClone performance Headers FormData Blob
  AbortController AbortSignal Response atob btoa crypto arguments setTimeout setInterval setImmediate queueMicrotask clearTimeout
  clearInterval clearImmediate`);

/** These run their first argument later; some hosts also when it is text. */
export const TIMERS = words('setTimeout setInterval setImmediate queueMicrotask');

/** Globals of browsers, Node.js, Deno and Bun that act. A `var` of such a name at the top does not hide it. */
export const ACTING = words(`
  eval Function fetch globalThis window self global top parent frames document navigator location history process require module
  exports Deno Bun Reflect Proxy WebAssembly XMLHttpRequest WebSocket EventSource Worker SharedWorker ServiceWorker importScripts
  localStorage sessionStorage indexedDB caches open close alert confirm prompt postMessage Request Buffer GeneratorFunction
  AsyncFunction Image Audio RTCPeerConnection BroadcastChannel MessageChannel chrome browser opener origin name event
  Atomics SharedArrayBuffer FinalizationRegistry ShadowRealm execScript HTMLElement DOMParser Range __dirname __filename`);

/** Read on a value, these lead to its constructor, its prototype, or the code around it. */
export const LEADING_OUT = words(`
  constructor __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ caller callee getPrototypeOf
  setPrototypeOf getOwnPropertyDescriptor getOwnPropertyDescriptors defineProperty defineProperties getOwnPropertyNames
  getOwnPropertySymbols prepareStackTrace getFunction getThis mainModule binding dlopen _load ownerDocument defaultView
  contentWindow contentDocument innerHTML outerHTML insertAdjacentHTML srcdoc sendBeacon eval Function`);

/** Methods of the language's own objects that call what they are given. */
export const CALLING = words(`
  map forEach filter some every find findIndex findLast findLastIndex flatMap reduce reduceRight sort toSorted then catch finally
  replace replaceAll from fromAsync call apply bind addEventListener on once groupBy parse stringify construct defineProperty
  setTimeout setInterval queueMicrotask setImmediate Promise try all race any allSettled assign`);

/** Methods of arrays and strings whose result is a fresh array, string or plain object. */
export const FRESH = words(`
  map filter slice concat flat flatMap split match matchAll keys values entries fromEntries parse of from sort toSorted reverse
  toReversed splice trim toLowerCase toUpperCase padStart padEnd join toString toFixed toISOString repeat replace replaceAll`);

/** Methods whose result is a number. */
export const NUMERIC = words(`
  indexOf lastIndexOf findIndex findLastIndex charCodeAt codePointAt getDay getMonth getDate getFullYear getHours getMinutes
  getSeconds getMilliseconds getTime getUTCDay getUTCMonth getUTCDate getUTCFullYear getUTCHours getUTCMinutes getUTCSeconds
  localeCompare search valueOf now`);

/** Functions that only look at what they are given. */
export const LOOKING = words(`
  console Math Number String Boolean parseInt parseFloat isNaN isFinite BigInt Date encodeURIComponent decodeURIComponent`);
export const LOOKING_METHODS = words(`
  includes indexOf lastIndexOf localeCompare has join padEnd padStart startsWith endsWith test log error warn info isArray
  isInteger isFinite isNaN keys entries values stringify repeat`);
