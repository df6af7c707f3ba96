/** The policy that fits what a tool, or a whole server, can do. Pure; the result always passes `checkPolicy`. */
import type { PolicyDocument, ToolRules } from '../../policy/index.ts';
import type { Assessment, ToolDefinition } from '../types.ts';
import { argumentRules } from './argument-rules.ts';
import { baseRules, defaultOf, isHidden, type Strength } from './base-rules.ts';

export interface AssessedTool {
  readonly definition: ToolDefinition;
  readonly assessment: Assessment;
}

/** One policy for one tool. Everything else on its server is denied, but under `observe`. */
export function recommend(
  tool: ToolDefinition,
  assessment: Assessment,
  strength: Strength = 'balanced',
): PolicyDocument {
  return recommendServer([{ definition: tool, assessment }], strength);
}

/** One policy for all tools of a server, in their order. A tool whose name cannot be a key of a policy is left to the default; so it is denied. */
export function recommendServer(
  tools: readonly AssessedTool[],
  strength: Strength = 'balanced',
): PolicyDocument {
  const hide: string[] = [];
  const rules = new Map<string, ToolRules>();
  for (const { definition, assessment } of tools) {
    const { name } = definition;
    if (typeof name !== 'string' || !isExactSelector(name) || hide.includes(name)) continue;
    if (isHidden(assessment.class, strength)) {
      hide.push(name);
      rules.delete(name);
    } else if (!rules.has(name)) rules.set(name, rulesFor(name, definition, assessment, strength));
  }
  return {
    version: '1',
    default: defaultOf(strength),
    ...(hide.length > 0 && { hide }),
    ...(rules.size > 0 && { tools: Object.fromEntries(rules) }),
  };
}

function rulesFor(name: string, tool: ToolDefinition, assessment: Assessment, strength: Strength): ToolRules {
  const require = strength === 'strict' ? argumentRules(tool, assessment).map(({ rule }) => rule) : [];
  return { ...(require.length > 0 && { require }), ...baseRules(name, assessment.class, strength) };
}

/** A name with `*` or a leading `@` would mean other tools; blanks around it are a selector error. */
function isExactSelector(name: string): boolean {
  return name !== '' && name === name.trim() && !name.startsWith('@') && !name.includes('*');
}

/** As the catalogue prints it: two spaces, members in the language's order. */
export function printPolicy(policy: PolicyDocument): string {
  return JSON.stringify(policy, null, 2);
}
