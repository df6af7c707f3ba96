/**
 * `node tests/mutation/run.mjs [--only name] [--unit]`: switches off one control at a time in a copy of the tree, and demands
 * that a test fails. `--unit` leaves out the suites that need a built product. Writes matrix.md; exit code 1 when a control
 * could be switched off unnoticed.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
const MATRIX = join(HERE, 'matrix.md');
const LINKED = ['node_modules', 'tests/parts/node_modules', 'tests/oauth/parts/node_modules'];

const { values } = (await import('node:util')).parseArgs({
  options: { only: { type: 'string' }, unit: { type: 'boolean', default: false } },
});
const needsProduct = ({ suites }) => suites.some((suite) => suite.startsWith('tests/'));
const controls = JSON.parse(readFileSync(join(HERE, 'controls.json'), 'utf8'))
  .filter(({ name }) => values.only === undefined || name === values.only)
  .filter((control) => !values.unit || !needsProduct(control));
if (controls.length === 0) throw new Error(`no control is called ${values.only}`);

const results = new Map(readMatrix());
let unnoticed = 0;
for (const control of controls) {
  const result = inCopy((folder) => tried(control, folder));
  if (!result.noticed) unnoticed += 1;
  process.stdout.write(`${result.noticed ? 'noticed  ' : 'UNNOTICED'}  ${control.name}: ${result.by}\n`);
  results.set(control.name, row(control, result));
  writeMatrix();
}
process.exitCode = unnoticed === 0 ? 0 : 1;

/** Runs `work` on a copy of what is in the repository, dependencies linked. */
function inCopy(work) {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-mutation-'));
  try {
    const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    for (const path of stdout.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(ROOT, path), join(folder, path));
    }
    for (const path of LINKED.filter((name) => existsSync(join(ROOT, name))))
      symlinkSync(join(ROOT, path), join(folder, path));
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error when the text of the control is not there exactly once: the list must follow the code */
function tried(control, folder) {
  const file = join(folder, control.file);
  const parts = readFileSync(file, 'utf8').split(control.find);
  if (parts.length !== 2)
    throw new Error(`${control.name}: ${control.file} holds its text ${parts.length - 1} times, not once`);
  writeFileSync(file, parts.join(control.replace));
  if (needsProduct(control)) {
    const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (built.status !== 0)
      throw new Error(`${control.name}: the mutated tree does not build\n${built.stderr}`);
  }
  return verdictOf(folder, control.suites);
}

function verdictOf(folder, suites) {
  const report = join(folder, 'mutation-report.json');
  spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...suites, '--reporter=json', `--outputFile=${report}`],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, PORTCULLIS_TEST_RUNS: '1' } },
  );
  if (!existsSync(report)) return { noticed: false, by: 'the suites did not run' };
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed');
  if (failed.length > 0) return { noticed: true, by: `${failed[0].title} (${failed.length} failed)` };
  // The product proves this control to itself at start, and does not get ready without it.
  if (testResults.some(({ message }) => /the gateway is not ready/.test(message)))
    return { noticed: true, by: 'the canary: the gateway does not get ready' };
  if (tests.every(({ status }) => status !== 'passed'))
    return { noticed: false, by: 'no test of its suites ran' };
  return { noticed: false, by: `${tests.length} tests passed without it` };
}

function row({ name, promise, suites }, { noticed, by }) {
  const cells = [name, promise, suites.join('<br>'), noticed ? 'noticed' : '**unnoticed**', by];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Rows of earlier runs stay until their control is tried again. */
function readMatrix() {
  if (!existsSync(MATRIX)) return [];
  return readFileSync(MATRIX, 'utf8')
    .split('\n')
    .map((line) => [/^\| ([^|]+?) +\| +\d+ +\|/.exec(line)?.[1], line])
    .filter(([name]) => name !== undefined);
}

function writeMatrix() {
  const rows = JSON.parse(readFileSync(join(HERE, 'controls.json'), 'utf8')).flatMap(
    ({ name }) => results.get(name) ?? [],
  );
  const head =
    '| control | promise | suites | switched off | first failing test |\n| --- | --- | --- | --- | --- |';
  writeFileSync(MATRIX, `# Controls, switched off one by one\n\n${head}\n${rows.join('\n')}\n`);
  spawnSync(process.execPath, ['node_modules/oxfmt/bin/oxfmt', MATRIX], { cwd: ROOT });
}
