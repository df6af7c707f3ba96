/** The members of a configuration file. Unknown ones are errors: a typing error must not take away a protection. */
import { z } from 'zod';
import { grantInput, serverAccess } from '../../api/index.ts';
import type { Problem } from '../../errors.ts';
import { isMissing, pointerToken } from '../../registry/index.ts';
import { nearest } from '../nearest.ts';

const text = z.string('expected a string').min(1, 'must not be empty');
const texts = z.record(z.string(), z.string('expected a string'), 'expected a map of strings');

const server = z
  .strictObject({
    name: text,
    url: text.optional(),
    command: z
      .array(z.string('expected a string'), 'expected a list: the program and its arguments')
      .min(1, 'needs a program')
      .optional(),
    transport: z.enum(['http', 'sse'], 'expected http or sse').optional(),
    headers: texts.optional(),
    auth: serverAccess.optional(),
    env: texts.optional(),
    cwd: text.optional(),
    caseSensitive: z.boolean('expected true or false').optional(),
  })
  .superRefine((value, context) => {
    const complain = (path: string[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    if ((value.url === undefined) === (value.command === undefined))
      complain([], 'needs either url or command');
    else if (value.command === undefined) {
      for (const name of ['env', 'cwd'] as const)
        if (value[name] !== undefined) complain([name], `${name} goes with command`);
    } else {
      for (const name of ['headers', 'transport', 'auth'] as const)
        if (value[name] !== undefined) complain([name], `${name} goes with url`);
    }
  });

const policy = z
  .strictObject({ name: text, server: text, file: text.optional(), document: z.unknown().optional() })
  .superRefine((value, context) => {
    if ((value.file === undefined) === (value.document === undefined))
      context.addIssue({ code: 'custom', path: [], message: 'needs either file or document' });
  });

const reached = z.union([text, z.strictObject({ server: text, policy: text })], {
  error: 'expected the name of a server, or a map with server and policy',
});

const grant = z
  .strictObject({
    ...grantInput.omit({ policyId: true }).shape,
    server: text.optional(),
    servers: z.array(reached, 'expected a list of servers').min(1, 'needs a server').optional(),
    policy: text.optional(),
    token: text.optional(),
  })
  .superRefine(({ server: one, servers, policy: shared }, context) => {
    const complain = (path: string[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    if (one !== undefined && servers !== undefined) complain(['servers'], 'goes without server');
    else if (one === undefined && servers === undefined) complain(['server'], 'is missing');
    const all = servers ?? (one === undefined ? [] : [one]);
    if (shared === undefined && all.some((entry) => typeof entry === 'string'))
      complain(['policy'], 'is missing');
  });

const list = <Item extends z.ZodType>(item: Item) => z.array(item, 'expected a list').nullish();

const configuration = z.strictObject(
  { servers: list(server), policies: list(policy), grants: list(grant) },
  'expected a map with servers, policies and grants',
);

export type ConfigurationShape = z.output<typeof configuration>;

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '': ['servers', 'policies', 'grants'],
  servers: Object.keys(server.shape),
  policies: Object.keys(policy.shape),
  grants: Object.keys(grant.shape),
};

/** Adds what is wrong to `problems`; undefined when anything is. */
export function checkShape(value: unknown, problems: Problem[]): ConfigurationShape | undefined {
  const parsed = configuration.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const pointer = issue.path.map((part) => `/${pointerToken(String(part))}`).join('');
    if (issue.code !== 'unrecognized_keys')
      problems.push({ pointer, message: isMissing(value, issue.path) ? 'is missing' : issue.message });
    else
      for (const name of issue.keys)
        problems.push({
          pointer: `${pointer}/${pointerToken(name)}`,
          message: unknownMember(name, issue.path),
        });
  }
  return undefined;
}

function unknownMember(name: string, path: readonly PropertyKey[]): string {
  const known = knownAt(path);
  const meant = nearest(name, known);
  return `unknown member ${JSON.stringify(name)}${meant === undefined ? `; known are ${known.join(', ')}` : `; did you mean ${meant}?`}`;
}

function knownAt(path: readonly PropertyKey[]): readonly string[] {
  if (path[2] === 'auth')
    return [...new Set(serverAccess.options.flatMap(({ shape }) => Object.keys(shape)))];
  return KNOWN[String(path[0] ?? '')] ?? [];
}
