/** Runs the checks one after another and prints a line for each, and its problems under it. */
import { checkChokepoint } from './chokepoint.mjs';
import { checkControls } from './controls.mjs';
import { checkFileLength } from './file-length.mjs';
import { checkFormat } from './format.mjs';
import { checkInstallScripts } from './install-scripts.mjs';
import { checkLayers } from './layers.mjs';
import { checkLint } from './lint.mjs';
import { checkLocks } from './locks.mjs';
import { checkOwnWords } from './own-words.mjs';
import { checkTypes } from './types.mjs';

const CHECKS = [
  ['layers: imports point downwards', checkLayers],
  ['chokepoint: only the gateway sends to upstreams', checkChokepoint],
  ['file length: at most 400 lines', checkFileLength],
  ['types: tsc', checkTypes],
  ['lint: oxlint', checkLint],
  ['format: oxfmt', checkFormat],
  ['locks: optional platform packages are in', checkLocks],
  ['install scripts: no runtime dependency needs one', checkInstallScripts],
  ['controls: each stands where the list says', checkControls],
  ['own words: no machine paths, no story of the making', checkOwnWords],
];

const SHOWN = 40;

/** @returns {Promise<{ name: string, problems: string[] }[]>} */
export async function runChecks() {
  const results = [];
  for (const [name, check] of CHECKS) {
    const problems = await outcome(check);
    results.push({ name, problems });
    process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}\n`);
    for (const problem of problems.slice(0, SHOWN)) process.stdout.write(`       ${problem}\n`);
    if (problems.length > SHOWN) process.stdout.write(`       and ${problems.length - SHOWN} more\n`);
  }
  return results;
}

/** A check that cannot run has failed. */
async function outcome(check) {
  try {
    return await check();
  } catch (error) {
    return [`the check itself failed: ${error.stack}`];
  }
}
