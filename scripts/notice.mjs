/**
 * Writes NOTICE: the licence texts of every package whose code is in dist/. The source maps say which ones are. Run it
 * after a build, before a release.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run/folders.mjs';

const DIST = join(ROOT, 'dist');
const LICENCE = /^(licen[cs]e|copying)([-.].*)?$/i;

const folders = new Set(
  readdirSync(DIST, { recursive: true })
    .filter((name) => name.endsWith('.map'))
    .flatMap((name) => JSON.parse(readFileSync(join(DIST, name), 'utf8')).sources)
    .map((source) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1])
    .filter((name) => name !== undefined),
);

const entries = [...folders].toSorted().map((name) => {
  const folder = join(ROOT, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder).filter((file) => LICENCE.test(file));
  const notices = readdirSync(folder).filter((file) => /^notice(\..*)?$/i.test(file));
  const printed = [...texts, ...notices].map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (printed.length === 0) printed.push(`Licensed under ${license}; the package holds no copy of it.`);
  return `${name} ${version} (${license})\n\n${printed.join('\n\n')}`;
});

const head = existsSync(join(ROOT, 'NOTICE'))
  ? readFileSync(join(ROOT, 'NOTICE'), 'utf8').split('\n\n')[0]
  : 'Portcullis';
const rule = `\n\n${'-'.repeat(80)}\n\n`;
writeFileSync(
  join(ROOT, 'NOTICE'),
  `${[`${head}\n\nThe program file holds code of the packages below, under their own licences.`, ...entries].join(rule)}\n`,
);
process.stdout.write(`NOTICE names ${entries.length} packages.\n`);
