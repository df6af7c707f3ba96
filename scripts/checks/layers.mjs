/**
 * Imports point downwards only, and other folders are reached through their index.ts only. Middle-layer siblings may
 * share types; a test may use a sibling's values too.
 */
import { isTest, sourceImports } from './sources.mjs';

const LAYERS = [
  ['errors.ts', 'json.ts'],
  ['fold-case.ts', 'loopback.ts', 'pattern-size.ts', 'schema-bounds.ts'],
  ['wire', 'store'],
  ['identity', 'policy', 'limits', 'approvals', 'upstreams', 'results', 'audit'],
  ['gateway', 'registry', 'catalog', 'accounts', 'connections'],
  ['alerts', 'telemetry'],
  ['api'],
  ['cli'],
];
const MIDDLE = 3;
const FLOOR = new Set(LAYERS.slice(0, 2).flat());

export async function checkLayers() {
  return sourceImports().flatMap(({ path, imports }) => layerProblems(path, imports));
}

export function layerProblems(path, imports) {
  const own = roomOf(path);
  if (rankOf(own) === -1) return [`${path}: ${own} is in no layer`];
  return imports.flatMap((one) => {
    const problem = judge(path, own, one);
    return problem === undefined ? [] : [`${path}:${one.line} ${problem}`];
  });
}

function judge(path, own, { from, typeOnly }) {
  const test = isTest(path);
  if (!from.startsWith('src/')) {
    const outside = /^(\.\.|tests|bench|scripts|bin|web)(\/|$)/.test(from);
    return outside && !test ? `imports ${from}, which is outside src` : undefined;
  }
  if (isTest(from) && !test) return `imports ${from}, which is for tests`;
  const target = roomOf(from);
  if (target === own) return undefined;
  if (!FLOOR.has(target) && from !== `src/${target}/index.ts`)
    return `imports ${from}: use src/${target}/index.ts`;
  if (own === 'policy')
    return FLOOR.has(target) ? undefined : `imports ${target}: policy stands on the files of src alone`;
  const [mine, theirs] = [rankOf(own), rankOf(target)];
  if (theirs === -1) return `imports ${target}, which is in no layer`;
  if (theirs < mine) return undefined;
  if (theirs === mine && (test || (mine === MIDDLE && typeOnly))) return undefined;
  return theirs === mine ? `imports values of its sibling ${target}` : `imports upwards, from ${target}`;
}

const roomOf = (path) => path.split('/')[1];
const rankOf = (room) => LAYERS.findIndex((layer) => layer.includes(room));
