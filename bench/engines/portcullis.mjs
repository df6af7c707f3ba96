/** The product's own engine, built from its source: `evaluate` over a compiled policy. Counting is not part of a decision. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { policyFor, toolName } from '../load/messages.mjs';
import { callsFor } from './cases.mjs';

const outDir = fileURLToPath(new URL('../../dist/bench/policy/', import.meta.url));
const SEEDS = { Orgo: ['orgo', 'orgo_exec'], CodeForge: ['codeforge', 'execute_code'] };
const roomLeft = () => undefined;

/** @returns `[{ name, decide, cases }]` */
export async function ownEngines() {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: fileURLToPath(new URL('../../src/policy/index.ts', import.meta.url)),
      outDir,
      emptyOutDir: true,
    },
  });
  const { checkPolicy, compilePolicy, evaluate } = await import(`${outDir}index.js`);
  const engine = (name, document, calls) => {
    const checked = checkPolicy(document);
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    const policy = compilePolicy(checked.document);
    const cases = calls.map(({ tool, args, allowed }) => ({ facts: factsOf(tool, args), allowed }));
    return { name, cases, decide: ({ facts }) => evaluate(policy, facts, roomLeft).outcome === 'allow' };
  };
  return [
    ...Object.entries(SEEDS).map(([title, [file, tool]]) =>
      engine(`portcullis, ${title} policy`, seed(file), seedCalls(tool)),
    ),
    engine('portcullis, 20 tools', policyFor(20), callsFor(20)),
    engine('portcullis, 2,000 tools', policyFor(2000), callsFor(20)),
    engine('portcullis, 2,000 tools, all called in turn', policyFor(2000), callsFor(2000, 2000)),
  ];
}

const seed = (name) =>
  JSON.parse(readFileSync(new URL(`../../tests/seeds/${name}.policy.json`, import.meta.url), 'utf8'));

/** Half of them name another tool. */
const seedCalls = (tool) =>
  Array.from({ length: 1000 }, (_, index) => ({
    tool: index % 2 === 0 ? tool : toolName(index % 20),
    args: { code: `console.log(${index})` },
    allowed: index % 2 === 0,
  }));

const factsOf = (name, args) => ({
  tool: { name, classes: ['Execute'], class: 'Execute' },
  args,
  grant: { label: 'bench', tags: [] },
  client: {},
  now: 1_790_000_000_000,
  hasSession: true,
});
