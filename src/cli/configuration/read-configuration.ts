/**
 * Reads a configuration file and the policy files that it names, and checks everything that can be checked without the
 * database. All problems are told at once; nothing is half read.
 */
import { dirname, relative, resolve } from 'node:path';
import { PortcullisError, type Problem } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { readPolicySource, type PolicySource } from '../../registry/index.ts';
import type { EnvironmentVariables } from '../../store/index.ts';
import { readText } from '../read-text.ts';
import { checkEntries, grantOf, referredSlug, serverOf } from './check-entries.ts';
import { checkShape, type ConfigurationShape } from './shape.ts';
import { readSource, type Source } from './source.ts';
import type { Configuration, ConfiguredPolicy } from './types.ts';
import { withVariables } from './variables.ts';

const VERBATIM = new Set(['document']);

/** @throws PC_CONFIG_INVALID with every problem */
export async function readConfiguration(
  path: string,
  variables: EnvironmentVariables,
): Promise<Configuration> {
  const absolute = resolve(path);
  const source = readSource(await textOf(absolute));
  const problems: Problem[] = [...source.problems];
  // An editor or a full disk can leave nothing; that must not remove all servers with their grants.
  if (problems.length === 0 && source.value == null)
    problems.push({ pointer: '', message: 'is empty; "servers: []" says that there is nothing' });
  const value = problems.length > 0 ? undefined : withVariables(source.value, variables, problems, VERBATIM);
  const shape = problems.length > 0 ? undefined : checkShape(value, problems);
  if (shape === undefined) throw invalidConfiguration(absolute, problems, source.place);
  const configuration = await assemble(absolute, shape, source, problems);
  checkEntries(configuration, shape, problems);
  if (problems.length > 0) throw invalidConfiguration(absolute, problems, source.place);
  return configuration;
}

export function invalidConfiguration(
  path: string,
  problems: readonly Problem[],
  place: Source['place'],
): PortcullisError {
  const detail = `${path} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}`;
  const placed = problems.map((problem) => ({ ...place(problem.pointer), ...problem }));
  return new PortcullisError('PC_CONFIG_INVALID', { detail }, { problems: placed });
}

/** The policy files that a configuration names, also when other things in it are wrong; empty when it cannot be read at all. */
export async function namedFiles(path: string): Promise<readonly string[]> {
  try {
    const { value } = readSource(await readText(path));
    const { policies } = value as { policies?: readonly { file?: unknown }[] };
    const files = (policies ?? []).flatMap(({ file }) => (typeof file === 'string' ? [file] : []));
    return files.map((file) => resolve(dirname(path), file));
  } catch {
    return [];
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readText(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PortcullisError(
      'PC_CONFIG_INVALID',
      { detail: `${path} cannot be read (${code ?? String(cause)})` },
      { cause },
    );
  }
}

async function assemble(
  path: string,
  shape: ConfigurationShape,
  source: Source,
  problems: Problem[],
): Promise<Configuration> {
  const servers = (shape.servers ?? []).flatMap(
    (server, index) => serverOf(server, `/servers/${index}`, problems) ?? [],
  );
  const policies: ConfiguredPolicy[] = [];
  const files: string[] = [];
  for (const [index, { name, server, file, document }] of (shape.policies ?? []).entries()) {
    const pointer = `/policies/${index}`;
    if (file !== undefined) files.push(resolve(dirname(path), file));
    const read =
      file === undefined
        ? inlinePolicy(document as Json, `${pointer}/document`, problems)
        : await policyFile(resolve(dirname(path), file), dirname(path), `${pointer}/file`, problems);
    if (read !== undefined) policies.push({ name, server: referredSlug(server), pointer, ...read });
  }
  const grants = (shape.grants ?? []).map((grant, index) => grantOf(grant, `/grants/${index}`));
  return { path, servers, policies, grants, files, place: source.place };
}

function inlinePolicy(document: Json, pointer: string, problems: Problem[]): PolicySource | undefined {
  return collected(
    () => readPolicySource(document),
    (problem) => problems.push({ ...problem, pointer: pointer + problem.pointer }),
  );
}

async function policyFile(
  path: string,
  base: string,
  pointer: string,
  problems: Problem[],
): Promise<PolicySource | undefined> {
  const shown = relative(base, path);
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    problems.push({
      pointer,
      message: `${shown} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    });
    return undefined;
  }
  return collected(
    () => readPolicySource(text),
    ({ pointer: inside, message, line, column }) => {
      const at = line === undefined ? shown : `${shown}:${line}:${column ?? 1}`;
      problems.push({ pointer, message: `${at} ${inside === '' ? '' : `${inside} `}${message}` });
    },
  );
}

function collected(read: () => PolicySource, add: (problem: Problem) => void): PolicySource | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PortcullisError) || error.code !== 'PC_POLICY_INVALID') throw error;
    error.problems.forEach(add);
    return undefined;
  }
}
