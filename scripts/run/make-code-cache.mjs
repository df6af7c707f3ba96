/**
 * Makes the code cache of the built program (see bin/load.js): loads every command, starts the gateway once in an empty home, asks
 * it for a few things, stops it, and keeps what V8 has compiled by then. Run on its own, because the program ends with it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheOf, cachePath, load } from '../../bin/load.js';
import { BUILT, PROGRAM } from './folders.mjs';

const LISTENING = /listening on (http:\/\/\S+)/;
const ASKED = ['/healthz', '/readyz', '/api/v1/servers', '/mcp/nothing'];

for (const name of Object.keys(process.env)) if (name.startsWith('PORTCULLIS_')) delete process.env[name];
const home = mkdtempSync(join(tmpdir(), 'portcullis-code-cache-'));
Object.assign(process.env, { PORTCULLIS_HOME: home, PORTCULLIS_PORT: '0', PORTCULLIS_LOG_LEVEL: 'error' });
// A cache is good only under the flags that it was made under.
createRequire(import.meta.url)('node:v8').setFlagsFromString = () => {};

const compiled = new Map();
process.on('exit', (code) => {
  rmSync(home, { recursive: true, force: true });
  if (code !== 0) return;
  for (const [path, script] of compiled) writeFileSync(cachePath(path), cacheOf(path, script));
});

run('--help');
process.once('beforeExit', () => {
  const write = process.stdout.write;
  process.stdout.write = (...args) => {
    const url = LISTENING.exec(String(args[0]))?.[1];
    if (url !== undefined) void askAndStop(url);
    return Reflect.apply(write, process.stdout, args);
  };
  run('start');
});

function run(command) {
  process.argv = [process.execPath, PROGRAM, command];
  load(BUILT, compiled);
}

async function askAndStop(url) {
  for (const path of ASKED) await fetch(url + path).then((response) => response.text());
  process.kill(process.pid, 'SIGTERM');
}
