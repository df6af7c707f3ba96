/**
 * How long reading code takes, and how long it blocks the event loop: `node bench/code.mjs`. Texts of 4 KiB,
 * 64 KiB and 1 MiB in every language, honest and hostile; alone and eight at a time.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const outDir = fileURLToPath(new URL('../dist/bench/', import.meta.url));
await build({
  configFile: false,
  logLevel: 'silent',
  build: {
    ssr: fileURLToPath(new URL('../src/policy/index.ts', import.meta.url)),
    outDir,
    emptyOutDir: true,
  },
});
const { judgeCode, Pace } = await import(`${outDir}index.js`);

const SIZES = [4 * 1024, 64 * 1024, 1024 * 1024];
const RULES = Object.fromEntries(
  ['python', 'typescript', 'shell', 'sql'].map((language) => {
    const policy = JSON.parse(
      readFileSync(new URL(`../tests/code/policies/${language}.policy.json`, import.meta.url), 'utf8'),
    );
    return [language, Object.values(policy.tools)[0].require[0].conditions[0].value];
  }),
);
const repeat = (part, bytes) => part.repeat(Math.ceil(bytes / part.length)).slice(0, bytes);
const honest = (language, bytes) => {
  const file = readFileSync(new URL(`../tests/code/${language}/honest.txt`, import.meta.url), 'utf8');
  const texts = file.split(/^=== .*\n/m).slice(1);
  const chosen = { python: 2, typescript: 3, shell: 4, sql: 0 }[language];
  const one = `${texts[chosen].trimEnd()}${language === 'sql' ? ';' : ''}\n`;
  return one.repeat(Math.floor(bytes / one.length));
};
const HOSTILE = {
  python: ['(', 'f"{', '"""', 'a.', 'x=', '-', 'lambda:', 'if x:\n ', '[x for x in ', '\\\n', 'a\n'],
  typescript: ['(', '`${', '/', 'a.', 'a<', '({', '=>', 'x?', 'a[', '<!--', 'a;\n'],
  shell: ['$(', '`', '${', '((', '<<a\n', '"', 'if ', '{a,', '$((', 'a|', 'a\n'],
  sql: ['(', 'SELECT ', '/*', "'", 'NOT ', 'a.', 'CASE ', 'WITH a AS (', '1+', ',', 'SELECT 1;'],
};

async function measure(name, language, text, times) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const pace = new Pace(() => performance.now(), setImmediate);
  await setTimeout(20);
  delay.enable();
  await setTimeout(5);
  delay.reset();
  const started = performance.now();
  const took = [];
  const verdicts = await Promise.all(
    Array.from({ length: times }, async () => {
      const verdict = await judgeCode(text, RULES[language], pace);
      took.push(performance.now() - started);
      return verdict;
    }),
  );
  await setTimeout(5);
  delay.disable();
  const longest = delay.max / 1e6;
  const outcome = verdicts.every(({ holds }) => holds === true)
    ? 'holds'
    : (verdicts[0].objections[0]?.message ?? '?');
  return { name, ms: Math.max(...took), longest, outcome };
}

const rows = [];
for (const language of Object.keys(RULES)) {
  // The first text of a language loads its grammar.
  rows.push(await measure(`${language} first`, language, honest(language, 2000), 1));
  for (let warm = 0; warm < 5; warm += 1) await measure('', language, honest(language, 64 * 1024), 1);
  for (const bytes of SIZES) {
    rows.push(await measure(`${language} honest ${bytes / 1024} KiB`, language, honest(language, bytes), 1));
    rows.push(
      await measure(`${language} honest ${bytes / 1024} KiB x8`, language, honest(language, bytes), 8),
    );
  }
  for (const part of HOSTILE[language])
    for (const bytes of [100 * 1024, 1024 * 1024])
      rows.push(
        await measure(
          `${language} ${JSON.stringify(part)} ${bytes / 1024} KiB`,
          language,
          repeat(part, bytes),
          1,
        ),
      );
}
for (const { name, ms, longest, outcome } of rows)
  console.log(
    `${name.padEnd(36)} ${ms.toFixed(1).padStart(8)} ms  longest block ${longest.toFixed(1).padStart(6)} ms  ${outcome.slice(0, 60)}`,
  );
const worst = (member) => rows.reduce((one, other) => (other[member] > one[member] ? other : one));
console.log(
  `slowest: ${worst('ms').name} ${worst('ms').ms.toFixed(0)} ms; longest block: ${worst('longest').name} ${worst('longest').longest.toFixed(0)} ms`,
);
