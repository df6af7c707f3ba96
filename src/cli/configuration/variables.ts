/** `${NAME}` in the strings of a configuration file. It is read from values, not from text: a variable cannot add members. */
import type { Problem } from '../../errors.ts';
import { pointerToken } from '../../registry/index.ts';
import type { EnvironmentVariables } from '../../store/index.ts';

const REFERENCE = /\$\$\{|\$\{([^}]*)\}?/g;

/**
 * The value with every `${NAME}` replaced; `$${` stands for `${`. Members named in `verbatim` are left alone: a policy means
 * the same in the file as in a file of its own.
 */
export function withVariables(
  value: unknown,
  variables: EnvironmentVariables,
  problems: Problem[],
  verbatim: ReadonlySet<string>,
  pointer = '',
): unknown {
  if (typeof value === 'string')
    return replaced(value, variables, (message) => problems.push({ pointer, message }));
  if (Array.isArray(value))
    return value.map((element, index) =>
      withVariables(element, variables, problems, verbatim, `${pointer}/${index}`),
    );
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const at = `${pointer}/${pointerToken(name)}`;
      return [name, verbatim.has(name) ? member : withVariables(member, variables, problems, verbatim, at)];
    }),
  );
}

function replaced(
  text: string,
  variables: EnvironmentVariables,
  complain: (message: string) => void,
): string {
  return text.replace(REFERENCE, (whole, name: string | undefined) => {
    if (whole === '$${') return '${';
    if (name === undefined || !whole.endsWith('}') || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      complain(`${whole} is not a variable; write $\${ for a literal \${`);
      return whole;
    }
    const value = variables[name];
    if (value === undefined || value === '') complain(`the variable ${name} is not set`);
    return value ?? '';
  });
}
