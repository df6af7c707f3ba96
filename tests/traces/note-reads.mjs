/** With `--import`: writes the path of every file that the process reads at once, as modules are, into the file that READS_FILE names. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { appendFileSync, readFileSync } = fs;
fs.readFileSync = (path, ...options) => {
  appendFileSync(process.env.READS_FILE, `${String(path)}\n`);
  return readFileSync(path, ...options);
};
syncBuiltinESMExports();
