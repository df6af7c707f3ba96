/** Other policy engines from npm, with the same rules for 20 tools, installed on demand into the cache folder. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { toolName } from '../load/messages.mjs';
import { importFolder, install, versionOf } from '../process/install.mjs';
import { callsFor } from './cases.mjs';

const TOOLS = Array.from({ length: 20 }, (_, index) => toolName(index));

const cedar = (module) => {
  const staticPolicies = TOOLS.map(
    (tool) =>
      `permit(principal, action == Action::"${tool}", resource) when { context.amount <= 1000 && context.path like "/srv/*" && context.env != "production" };`,
  ).join('\n');
  if (module.preparsePolicySet('bench', { staticPolicies }).type === 'failure') throw new Error('policies');
  return ({ tool, args }) =>
    module.statefulIsAuthorized({
      principal: { type: 'User', id: 'bench' },
      action: { type: 'Action', id: tool },
      resource: { type: 'Tool', id: tool },
      context: args,
      preparsedPolicySetId: 'bench',
      entities: [],
    }).response.decision === 'allow';
};

const casbin = async ({ newEnforcer, newModelFromString, StringAdapter }) => {
  const model = newModelFromString(
    [
      '[request_definition]\nr = sub, obj, tool',
      '[policy_definition]\np = sub_rule, tool',
      '[policy_effect]\ne = some(where (p.eft == allow))',
      '[matchers]\nm = r.tool == p.tool && eval(p.sub_rule)',
    ].join('\n'),
  );
  const rule = "r.obj.amount <= 1000 && regexMatch(r.obj.path, '^/srv/') && r.obj.env != 'production'";
  const lines = TOOLS.map((tool) => `p, "${rule}", ${tool}`).join('\n');
  const enforcer = await newEnforcer(model, new StringAdapter(lines));
  return ({ tool, args }) => enforcer.enforceSync('bench', args, tool);
};

const jsonRules = ({ Engine }) => {
  const conditions = {
    all: [
      { fact: 'amount', operator: 'lessThanInclusive', value: 1000 },
      { fact: 'path', operator: 'startsWith', value: '/srv/' },
      { fact: 'env', operator: 'notEqual', value: 'production' },
    ],
  };
  const engines = new Map(
    TOOLS.map((tool) => {
      const engine = new Engine([{ conditions, event: { type: 'allowed' } }]);
      engine.addOperator('startsWith', (value, start) => value.startsWith(start));
      return [tool, engine];
    }),
  );
  return async ({ tool, args }) => (await engines.get(tool).run(args)).events.length > 0;
};

const ENGINES = [
  ['@cedar-policy/cedar-wasm', '4.13.0', cedar, '@cedar-policy/cedar-wasm/nodejs'],
  ['casbin', '5.51.1', casbin],
  ['json-rules-engine', '7.3.1', jsonRules],
];

/** @returns `{ engines, absent }` as for proxies; one engine a tool where an engine knows no tools */
export async function otherEngines(cache) {
  const engines = [];
  const absent = {};
  for (const [name, wanted, make, path = name] of ENGINES) {
    try {
      const reason = install(cache, name, wanted);
      if (reason !== undefined) throw new Error(reason);
      const load = createRequire(join(importFolder(cache, name), 'package.json'));
      const decide = await make(load(path));
      engines.push({ name: `${name} ${versionOf(cache, name)}, 20 tools`, decide, cases: callsFor(20) });
    } catch (error) {
      absent[name] = error.message.split('\n')[0];
    }
  }
  return { engines, absent };
}
