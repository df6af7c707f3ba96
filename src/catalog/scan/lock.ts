/**
 * `mcp.lock.json`: what every server listed when somebody looked, as digests. Sorted and without times or places of one
 * machine, so that it changes when a definition does and at no other time. The digest decides; the digests of members
 * only say where to look.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { asObject, canonicalJson, type Json, type JsonObject } from '../../json.ts';
import { definitionDigest } from '../../upstreams/index.ts';
import { originOf } from './server-key.ts';
import type { ServerCatalogue, StatedServer } from './types.ts';

const DIGEST = z.string().regex(/^sha256-[0-9a-f]{64}$/);
const PART = z.string().regex(/^[0-9a-f]{16}$/);
const definition = z.strictObject({ digest: DIGEST, members: z.record(z.string(), PART) });
const definitions = z.record(z.string(), definition);
const server = z.strictObject({
  origin: z.string(),
  identity: z.strictObject({ name: z.string(), version: z.string() }),
  instructions: DIGEST.optional(),
  tools: definitions,
  prompts: definitions.optional(),
  resources: definitions.optional(),
  resourceTemplates: definitions.optional(),
});
export const LOCK_FILE = z.strictObject({ version: z.literal(1), servers: z.record(z.string(), server) });

export type LockedDefinition = z.infer<typeof definition>;
export type LockedServer = z.infer<typeof server>;
export type LockFile = z.infer<typeof LOCK_FILE>;

export const LISTS = [
  ['tools', 'tool', 'name'],
  ['prompts', 'prompt', 'name'],
  ['resources', 'resource', 'uri'],
  ['resourceTemplates', 'resource template', 'uriTemplate'],
] as const;

const LONGEST_NAME = 200;

export function lockServer({ target }: StatedServer, catalogue: ServerCatalogue): LockedServer {
  const locked: Record<string, Record<string, LockedDefinition>> = {};
  for (const [list, , key] of LISTS) {
    const listed = catalogue[list];
    if (listed !== undefined) locked[list] = lockList(listed, key);
  }
  const { instructions } = catalogue;
  return {
    origin: originOf(target),
    identity: identityOf(catalogue.serverInfo),
    ...(instructions !== undefined && { instructions: `sha256-${sha256(instructions)}` }),
    tools: {},
    ...locked,
  };
}

export function identityOf(serverInfo: Json): { readonly name: string; readonly version: string } {
  const info = asObject(serverInfo);
  const text = (value: Json | undefined): string =>
    typeof value === 'string' ? value.slice(0, LONGEST_NAME) : '';
  return { name: text(info.name), version: text(info.version) };
}

/** As it is written: sorted, two spaces, a line end. */
export function printLock(lock: LockFile): string {
  return `${JSON.stringify(sorted(lock), null, 2)}\n`;
}

function lockList(listed: readonly JsonObject[], key: string): Record<string, LockedDefinition> {
  const found = new Map<string, LockedDefinition>();
  for (const value of listed) {
    const given = value[key];
    const name = lockedName(typeof given === 'string' ? given : '');
    let free = name;
    for (let number = 2; found.has(free); number += 1) free = `${name}#${number}`;
    const members = Object.entries(value).map(([member, inner]) => [
      lockedName(member),
      sha256(canonicalJson(inner)).slice(0, 16),
    ]);
    found.set(free, { digest: `sha256-${definitionDigest(value)}`, members: Object.fromEntries(members) });
  }
  return Object.fromEntries(found);
}

/** A name nobody could read becomes its beginning and its digest. */
function lockedName(name: string): string {
  // Parsers of records leave this name out.
  if (name === '__proto__') return '__proto__#';
  return name.length <= LONGEST_NAME
    ? name
    : `${name.slice(0, 60).toWellFormed()}…${sha256(name).slice(0, 16)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
