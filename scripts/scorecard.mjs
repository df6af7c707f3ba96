/**
 * `npm run scorecard`: runs the suites (`--read` only reads what earlier runs left in reports/) and writes docs/scorecard.md:
 * every promise with its suites and their figures, versions, date, and what is not covered.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { NOT_COVERED, PROMISES } from './scorecard/promises.mjs';
import { ROOT } from './run/folders.mjs';

const REPORTS = join(ROOT, 'reports');

if (!process.argv.includes('--read')) {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/run.mjs'), 'test'], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
writeFileSync(join(ROOT, 'docs/scorecard.md'), page(readReports()));

function readReports() {
  if (!existsSync(REPORTS)) return [];
  return readdirSync(REPORTS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(REPORTS, name), 'utf8')))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function page(reports) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const suites = reports.filter(({ promises }) => promises !== undefined);
  const bench = reports.find(({ name }) => name === 'bench');
  return `# Scorecard

Written by \`npm run scorecard\` on ${new Date().toISOString().slice(0, 10)}: Portcullis ${version}, Node.js ${process.versions.node},
${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB. Each suite's README says what it guards; anyone can run it.

## Promises

${PROMISES.map((promise) => promiseText(promise, suites)).join('\n\n')}

## Suites

| suite | cases | passed | failed | skipped | figures |
| --- | --- | --- | --- | --- | --- |
${suites.map(suiteRow).join('\n')}

Command: \`npm test -- tests/<suite>\`. Longer forms: \`npm run test:conformance\`, \`test:transparency\`, \`test:chaos\`, \`test:fuzz\`.
${skips(suites)}
## Speed

${bench === undefined ? 'Not measured in this run: `npm run bench`.' : benchText(bench)}

## Not covered

${NOT_COVERED.map((text) => `- ${text}`).join('\n')}
`;
}

function promiseText([number, title, meaning], suites) {
  const guards = suites.filter(({ promises }) => promises.includes(number));
  const cases = guards.reduce((sum, { passed }) => sum + passed, 0);
  const failed = guards.reduce((sum, suite) => sum + suite.failed, 0);
  const names = guards.map(({ name }) => name).join(', ') || 'no suite of its own in this run';
  return `**${number}. ${title}**: ${meaning}. ${names}: ${cases} cases pass${failed > 0 ? `, **${failed} fail**` : ''}.`;
}

function suiteRow({ name, cases, passed, failed, skipped, figures, long }) {
  const measured = Object.entries(figures ?? {})
    .map(([key, value]) => `${key}: ${value}`)
    .join('; ');
  return `| ${name}${long ? ' (long)' : ''} | ${cases} | ${passed} | ${failed} | ${skipped.length} | ${measured} |`;
}

function skips(suites) {
  const all = suites.flatMap(({ name, skipped }) => skipped.map((skip) => ({ suite: name, ...skip })));
  if (all.length === 0) return '';
  return `\nSkipped:\n\n${all.map(({ suite, name, reason }) => `- ${suite}: ${name} (${reason ?? 'no reason given'})`).join('\n')}\n`;
}

function benchText({ table, at, machine }) {
  return `Measured ${at.slice(0, 10)} on ${machine}, CPU of the whole process tree, ratios within rounds:\n\n${table}`;
}
