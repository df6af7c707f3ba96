/** Cases beside a policy: calls, and what should become of them. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PortcullisError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { pointerToken } from '../registry/index.ts';

const outcome = z.enum(['allow', 'deny', 'needs_approval']);

const cases = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(1).optional(),
        call: z.strictObject({
          tool: z.string().min(1),
          arguments: z.custom<JsonObject>(isObject, 'expected a map').optional(),
        }),
        expect: outcome,
        rule: z.string().optional(),
      }),
    )
    .min(1, 'expected at least one case'),
});

export type PolicyCase = z.output<typeof cases>['cases'][number] & { readonly name: string };

/** `policy.json` has its cases in `policy.test.yaml`, `.yml` or `.json`. @throws PC_CONFIG_INVALID when there are none, or they are wrong */
export async function readCases(
  policy: string,
): Promise<{ readonly path: string; readonly cases: readonly PolicyCase[] }> {
  const base = policy.slice(0, policy.length - extname(policy).length);
  const paths = ['.test.yaml', '.test.yml', '.test.json'].map((ending) => base + ending);
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return { path, cases: checked(path, read(path, text)) };
  }
  throw new PortcullisError('PC_CONFIG_INVALID', {
    detail: `there are no cases: expected ${paths.join(' or ')}`,
  });
}

function read(path: string, text: string): unknown {
  try {
    return parse(text, { uniqueKeys: true, prettyErrors: true });
  } catch (cause) {
    throw new PortcullisError(
      'PC_CONFIG_INVALID',
      { detail: `${path}: ${(cause as Error).message.split('\n', 1)[0]}` },
      { cause },
    );
  }
}

function checked(path: string, value: unknown): readonly PolicyCase[] {
  const parsed = cases.safeParse(value);
  if (parsed.success)
    return parsed.data.cases.map((one, index) => ({ ...one, name: one.name ?? `case ${index + 1}` }));
  const problems = parsed.error.issues.map(({ path: at, message }) => ({
    pointer: at.map((part) => `/${pointerToken(String(part))}`).join(''),
    message,
  }));
  throw new PortcullisError('PC_CONFIG_INVALID', { detail: `${path} has problems` }, { problems });
}
