/** Runs a development tool from node_modules and turns what it prints into problems. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../run/folders.mjs';

/** @returns {Promise<string[]>} nothing when it exits with 0, else the lines that it printed */
export function problemsOf(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', ...script.split('/')), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (printed += text));
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = printed.split('\n').filter((line) => line.trim() !== '');
      resolve(code === 0 ? [] : [...lines, `exit code ${code}`]);
    });
  });
}
