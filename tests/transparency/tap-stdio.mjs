/** Stands before a stdio server and appends every line that is sent to it to TAP_FILE: `node tap-stdio.mjs command arguments…`. */
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const [command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'] });
process.stdin.on('data', (bytes) => {
  appendFileSync(process.env.TAP_FILE, bytes);
  server.stdin.write(bytes);
});
process.stdin.on('end', () => server.stdin.end());
process.on('SIGTERM', () => server.kill());
server.on('exit', (code) => process.exit(code ?? 1));
