/**
 * Loads the built program, which is CommonJS, with V8's code cache beside each of its files: compiling them anew took a third
 * of every start. A cache that was made of another text, by another V8 or under other flags is not used.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

const WRAPPER = ['(function (exports, require, module, __filename, __dirname) {', '\n})'];
const HASH_BYTES = 32;
/**
 * V8's young generation grows while much of it survives, and stays large. What is loaded survives all of it. A cache is good only
 * under the flags that it was made under: they must not change before all is loaded.
 */
const WHILE_LOADING = '--semi-space-growth-factor=1';

/**
 * Runs a file, and once each file that it requires by a relative path.
 * @param {string} entry absolute path
 * @param {Map<string, Script>} [compiled] gets the scripts that were compiled, by path
 */
export function load(entry, compiled = new Map()) {
  setFlagsFromString(WHILE_LOADING);
  const outside = createRequire(entry);
  const modules = new Map();
  const run = (path) => {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(path, module);
    const folder = dirname(path);
    const require = (id) => (id.startsWith('.') ? run(resolve(folder, id)) : outside(id));
    const script = compiled.get(path) ?? compile(path);
    compiled.set(path, script);
    script.runInThisContext().call(module.exports, module.exports, require, module, path, folder);
    return module.exports;
  };
  return run(entry);
}

/** Where the cache of a file stands. */
export function cachePath(path) {
  return `${path}.cache`;
}

/** The cache of a script whose functions have run: those are in it, too. */
export function cacheOf(path, script) {
  return Buffer.concat([hashOf(readFileSync(path)), script.createCachedData()]);
}

/** Compiles a file, from its cache where that is good. */
export function compile(path) {
  const source = readFileSync(path);
  return new Script(WRAPPER.join(source.toString()), {
    filename: path,
    columnOffset: -WRAPPER[0].length,
    cachedData: readCache(path, source),
  });
}

/** V8 compares no more of the text than its length. */
function readCache(path, source) {
  let cache;
  try {
    cache = readFileSync(cachePath(path));
  } catch {
    return undefined;
  }
  return cache.subarray(0, HASH_BYTES).equals(hashOf(source)) ? cache.subarray(HASH_BYTES) : undefined;
}

function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest();
}
