import type { z } from 'zod';
import { PortcullisError, type Problem } from '../errors.ts';
import { isMissing, pointerToken } from '../registry/index.ts';

/** What the schema makes of the value. @throws PC_API_INVALID with a pointer for each thing that is wrong */
export function checkInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PortcullisError(
    'PC_API_INVALID',
    {},
    { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, value)) },
  );
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, value: unknown): Problem[] {
  const pointer = pointerOf(issue.path);
  if (issue.code !== 'unrecognized_keys')
    return [{ pointer, message: isMissing(value, issue.path) ? 'This member is missing.' : issue.message }];
  return issue.keys.map((key) => ({
    pointer: `${pointer}/${pointerToken(key)}`,
    message: 'This member is not known.',
  }));
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${pointerToken(String(part))}`).join('');
}
