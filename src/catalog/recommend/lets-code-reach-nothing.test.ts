import { expect, it } from 'vitest';
import { checkPolicy } from '../../policy/index.ts';
import { classify, recommend } from '../index.ts';

const tool = (name: string, argument: string, description: string) => ({
  name,
  description,
  inputSchema: { type: 'object', required: [argument], properties: { [argument]: { type: 'string' } } },
});

it.each([
  ['run_python', 'code', 'Runs Python code.', 'python'],
  ['execute_code', 'code', 'Executes TypeScript code in a sandbox.', 'typescript'],
  ['run_query', 'sql', 'Runs a SQL query.', 'sql'],
  ['run_command', 'command', 'Runs a shell command.', 'shell'],
])('%s is recommended rules for its language', (name, argument, description, language) => {
  const definition = tool(name, argument, description);
  const policy = recommend(definition, classify(definition), 'strict');
  const conditions = policy.tools?.[name]?.require?.flatMap((rule) => rule.conditions) ?? [];
  expect(conditions).toContainEqual(
    expect.objectContaining({
      path: `args.${argument}`,
      op: 'code_within',
      value: expect.objectContaining({ language }) as unknown,
    }),
  );
  expect(checkPolicy(policy as never).ok).toBe(true);
});

it('recommends none where the language is not said', () => {
  const definition = tool('execute', 'code', 'Executes code in Python or JavaScript.');
  const policy = recommend(definition, classify(definition), 'strict');
  expect(JSON.stringify(policy)).not.toContain('code_within');
});
