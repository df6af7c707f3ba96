/** With `--import`: writes the URL of every module that the process imports into the file that IMPORTS_FILE names. */
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// Module hooks run in a thread of their own, which imports this file again.
if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  appendFileSync(process.env.IMPORTS_FILE, `${url}\n`);
  return next(url, context);
}
