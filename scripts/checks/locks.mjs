/**
 * npm leaves optional packages of other platforms out of a lock when a registry does not have them yet, and then `npm ci`
 * refuses the lock elsewhere. Versions in package.json are exact, so that the lock and the file cannot tell two stories.
 */
import { read } from './sources.mjs';

const FOLDERS = ['', 'tests/conformance/', 'tests/oauth/parts/', 'tests/parts/', 'tests/transparency/parts/'];

export async function checkLocks() {
  return FOLDERS.flatMap((folder) =>
    lockProblems(
      folder,
      JSON.parse(read(`${folder}package.json`)),
      JSON.parse(read(`${folder}package-lock.json`)),
    ),
  );
}

export function lockProblems(folder, manifest, { packages }) {
  const problems = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(packages, path, name))
        problems.push(`${folder}package-lock.json: ${name} of ${path || 'the package'} is not in the lock`);
    }
    if (entry.resolved !== undefined && !entry.resolved.startsWith('https://registry.npmjs.org/')) {
      problems.push(`${folder}package-lock.json: ${path} comes from ${entry.resolved}`);
    }
  }
  for (const kind of ['dependencies', 'devDependencies']) {
    for (const [name, range] of Object.entries(manifest[kind] ?? {})) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
        problems.push(`${folder}package.json: ${name} is ${range}, not an exact version`);
      if (packages['']?.[kind]?.[name] !== range)
        problems.push(`${folder}package-lock.json: ${name} is not locked as package.json has it`);
    }
  }
  return problems;
}

/** Where Node would look from `path`: its own node_modules, then each folder above. */
function isLocked(packages, path, name) {
  for (let base = path; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === '') return false;
  }
}
