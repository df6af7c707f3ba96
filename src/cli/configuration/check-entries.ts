/** What entries must be, alone and beside each other. */
import { PortcullisError, type Problem } from '../../errors.ts';
import {
  accessAuth,
  accessProblems,
  grantProblems,
  nameProblems,
  newAccessHeaders,
  serverProblems,
  slugOf,
  type ServerTarget,
} from '../../registry/index.ts';
import type { ConfigurationShape } from './shape.ts';
import type { Configuration, ConfiguredGrant, ConfiguredServer } from './types.ts';

type Entry<List extends keyof ConfigurationShape> = NonNullable<ConfigurationShape[List]>[number];

export function serverOf(
  entry: Entry<'servers'>,
  pointer: string,
  problems: Problem[],
): ConfiguredServer | undefined {
  const { name, caseSensitive = false } = entry;
  const oauth = accessAuth(entry.auth);
  const input = {
    name,
    target: targetOf(entry),
    caseSensitive,
    ...(oauth === null ? {} : { auth: oauth }),
  };
  const wrong = [...accessProblems(entry.headers ?? {}, entry.auth), ...serverProblems(input)];
  problems.push(...wrong.map((problem) => ({ ...problem, pointer: pointer + problem.pointer })));
  try {
    return { ...input, slug: slugOf(name), pointer };
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error;
    problems.push(...error.problems.map((problem) => ({ ...problem, pointer: pointer + problem.pointer })));
    return undefined;
  }
}

export function grantOf(entry: Entry<'grants'>, pointer: string): ConfiguredGrant {
  const { label, server, servers, policy = '', token, ownerId } = entry;
  const { tags = [], owner = null, allowedAddresses = [], expiresAt = null } = entry;
  const named = servers ?? [server ?? ''];
  const [first, ...further] = named.map((one) =>
    typeof one === 'string'
      ? { server: referredSlug(one), policy }
      : { server: referredSlug(one.server), policy: one.policy },
  );
  return {
    label,
    ...first!,
    further,
    tags,
    owner,
    allowedAddresses,
    expiresAt,
    pointer,
    ...(ownerId === undefined || ownerId === null ? {} : { ownerId }),
    ...(token === undefined ? {} : { token }),
  };
}

/** Entries may name a server as it is written or by its slug. */
export function referredSlug(server: string): string {
  try {
    return slugOf(server);
  } catch {
    return server;
  }
}

/** Adds what is wrong between entries: names that stand twice, and names of nothing. */
export function checkEntries(
  { servers, grants }: Configuration,
  shape: ConfigurationShape,
  problems: Problem[],
): void {
  // From the shape: a policy that cannot be read is no reason to call its grants wrong.
  const policies = (shape.policies ?? []).map(({ name, server }, index) => ({
    name,
    server: referredSlug(server),
    pointer: `/policies/${index}`,
  }));
  const slugs = new Set<string>();
  for (const { slug, pointer } of servers) {
    if (slugs.has(slug))
      problems.push({ pointer: `${pointer}/name`, message: `another server has the address ${slug}` });
    slugs.add(slug);
  }
  const knowsServer = (server: string, pointer: string): void => {
    if (!slugs.has(server))
      problems.push({
        pointer: `${pointer}/server`,
        message: `there is no server ${JSON.stringify(server)} in this file`,
      });
  };
  const named = new Set<string>();
  for (const { name, server, pointer } of policies) {
    problems.push(...nameProblems(name, `${pointer}/name`));
    knowsServer(server, pointer);
    if (named.has(`${server}\n${name}`))
      problems.push({
        pointer: `${pointer}/name`,
        message: `the server ${server} has a policy of this name already`,
      });
    named.add(`${server}\n${name}`);
  }
  const labels = new Set<string>();
  const tokens = new Set<string>();
  for (const grant of grants) {
    const { label, server, policy, further, token, pointer } = grant;
    const { tags, owner, allowedAddresses, expiresAt } = grant;
    problems.push(
      ...grantProblems({ label, tags, owner, allowedAddresses, expiresAt, token }).map((problem) => ({
        ...problem,
        pointer: pointer + problem.pointer,
      })),
    );
    const reached = [{ server, policy }, ...further];
    for (const one of reached) {
      knowsServer(one.server, pointer);
      if (!named.has(`${one.server}\n${one.policy}`))
        problems.push({
          pointer: `${pointer}/policy`,
          message: `the server ${one.server} has no policy ${JSON.stringify(one.policy)} in this file`,
        });
    }
    if (new Set(reached.map((one) => one.server)).size < reached.length)
      problems.push({ pointer: `${pointer}/servers`, message: 'a server stands twice' });
    if (labels.has(`${server}\n${label}`))
      problems.push({
        pointer: `${pointer}/label`,
        message: `the server ${server} has a grant of this label already`,
      });
    if (token !== undefined && tokens.has(token))
      problems.push({ pointer: `${pointer}/token`, message: 'another grant has this token' });
    labels.add(`${server}\n${label}`);
    if (token !== undefined) tokens.add(token);
  }
}

function targetOf({
  url,
  command,
  transport = 'http',
  headers = {},
  auth,
  env = {},
  cwd,
}: Entry<'servers'>): ServerTarget {
  if (command === undefined) return { transport, url: url ?? '', headers: newAccessHeaders(headers, auth) };
  return cwd === undefined
    ? { transport: 'stdio', argv: command, env }
    : { transport: 'stdio', argv: command, env, cwd };
}
