#!/usr/bin/env node
// Written so that an old Node.js can parse it: a version that is too old gets one sentence, not a stack trace.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const version = process.versions.node.split('.').map(Number);
const major = version[0];
const minor = version[1];
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 14) || major > 22;
const program = fileURLToPath(new URL('../dist/portcullis.cjs', import.meta.url));

if (!supported) {
  process.stderr.write(
    'Portcullis needs Node.js 20.19 or later of line 20, or 22.14 or later; this is ' +
      process.versions.node +
      '.\n',
  );
  process.exitCode = 2;
} else if (!existsSync(program)) {
  process.stderr.write('Portcullis is not built yet: run "npm start" or "npm run build" first.\n');
  process.exitCode = 2;
} else {
  void import('./load.js').then(({ load }) => load(program));
}
