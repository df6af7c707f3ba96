/**
 * What action.yml runs: one scan of the repository's configuration files, said four times: as annotations, as the step's
 * summary, as a SARIF file and as the exit code. Node's own modules only.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { annotation } from './annotation.mjs';
import { configurationFiles } from './configuration-files.mjs';

const SEVERITIES = ['low', 'medium', 'high', 'critical'];
/** GitHub refuses summaries of more than 1 MiB. */
const LARGEST_SUMMARY = 1_000_000;

const { env } = process;
const workspace = env.GITHUB_WORKSPACE ?? process.cwd();
const given = (env.PORTCULLIS_SCAN_CONFIG ?? '').split('\n').map((line) => line.trim());
const named = given.filter((line) => line !== '');
const files = named.length > 0 ? named : configurationFiles(workspace);
const failOn = (env.PORTCULLIS_SCAN_FAIL_ON || 'high').toLowerCase();
const sarif = env.PORTCULLIS_SCAN_SARIF || 'portcullis.sarif';

if (files.length === 0) {
  process.stdout.write('::notice::No MCP configuration file was found.\n');
  tell('sarif', '');
  tell('grade', '');
} else {
  process.exitCode = scan();
}

function scan() {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-scan-'));
  const [json, markdown] = [join(folder, 'report.json'), join(folder, 'summary.md')];
  try {
    const outputs = [json, markdown, sarif].flatMap((file) => ['--output', file]);
    const configs = files.flatMap((file) => ['--config', file]);
    const args = ['scan', ...configs, ...mode(), '--fail-on', failOn, ...outputs];
    const { status, error } = spawnSync(...program(args), {
      cwd: workspace,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (error !== undefined) process.stderr.write(`${error.message}\n`);
    if (!existsSync(json)) return status === 0 ? 1 : (status ?? 1);
    const report = JSON.parse(readFileSync(json, 'utf8'));
    annotate(report);
    summarize(readFileSync(markdown, 'utf8'));
    tell('sarif', sarif);
    tell('grade', report.grade ?? '');
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mode() {
  if (env.PORTCULLIS_SCAN_START_SERVERS !== 'true') return ['--static'];
  const lock = env.PORTCULLIS_SCAN_LOCK || 'mcp.lock.json';
  return existsSync(join(workspace, lock)) ? ['--yes', '--lock', lock] : ['--yes'];
}

/** The program beside this script when it is built, else the released one of the same version. */
function program(args) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  if (existsSync(join(root, 'dist'))) return [process.execPath, [join(root, 'bin/portcullis.js'), ...args]];
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return ['npx', ['--yes', '--package', `${name}@${version}`, 'portcullis', ...args]];
}

function annotate({ findings, servers }) {
  const failing = SEVERITIES.slice(SEVERITIES.indexOf(failOn));
  const all = [
    ...findings.map((finding) => ({ server: '', finding })),
    ...servers.flatMap(({ name, findings: own }) => own.map((finding) => ({ server: name, finding }))),
  ];
  for (const { server, finding } of all) {
    const level = failing.includes(finding.severity)
      ? 'error'
      : finding.severity === 'low'
        ? 'notice'
        : 'warning';
    process.stdout.write(`${annotation(level, server, finding)}\n`);
  }
}

function summarize(markdown) {
  if (!env.GITHUB_STEP_SUMMARY) return;
  const short = Buffer.from(markdown).subarray(0, LARGEST_SUMMARY).toString();
  appendFileSync(env.GITHUB_STEP_SUMMARY, short.replace(/\n[^\n]*$/, '\n'));
}

function tell(name, value) {
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `${name}=${value.replace(/[\r\n]/g, ' ')}\n`);
}
