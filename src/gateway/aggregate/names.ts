/**
 * What things of several servers are called where all of them are seen at once. A slug has no underscore, no plus and no
 * colon, so every name says by its first separator whose it is, and no server can take a name of another.
 */
import { createHash } from 'node:crypto';
import type { ServerEntry } from '../directory.ts';

/** More than this is cut by some clients. */
const LONGEST_NAME = 60;
/** Of a slug that leaves room for a tool. */
const LONGEST_SLUG = 40;
const SEPARATOR = '__';
const URI_PREFIX = 'mcp.';

/** `<slug>__<name>`. */
export function prefixed(slug: string, name: string): string {
  return slug + SEPARATOR + name;
}

/** `<slug>__<tool>`; a name that gets too long ends in a digest instead. */
export function toolName(slug: string, tool: string): string {
  const whole = prefixed(slug, tool);
  if (whole.length <= LONGEST_NAME || slug.length > LONGEST_SLUG) return whole;
  const mark = createHash('sha256').update(tool).digest('hex').slice(0, 8);
  return `${whole.slice(0, LONGEST_NAME - mark.length - 1)}_${mark}`;
}

/** Whose a name is, and what it is called there. */
export interface OwnName {
  readonly slug: string;
  readonly name: string;
}

export function splitName(name: string): OwnName | undefined {
  return split(name, SEPARATOR);
}

/** A tool's name at its server: as it stands, or the one that was cut to it. */
export function ownToolName({ slug, catalogue }: ServerEntry, name: string): string {
  if (catalogue.get(name) !== undefined) return name;
  const shown = prefixed(slug, name);
  if (shown.length !== LONGEST_NAME) return name;
  for (const known of catalogue.names()) if (toolName(slug, known) === shown) return known;
  return name;
}

/** `mcp.<slug>+<uri>`: still a URI, and still a template. */
export function prefixedUri(slug: string, uri: string): string {
  return `${URI_PREFIX}${slug}+${uri}`;
}

export function splitUri(uri: string): OwnName | undefined {
  return uri.startsWith(URI_PREFIX) ? split(uri.slice(URI_PREFIX.length), '+') : undefined;
}

/** The id of a server's request, or of an event of its stream. `id` as it is spelled. */
export function prefixedId(slug: string, id: string): string {
  return `${slug}:${id}`;
}

export function splitId(id: string | number): OwnName | undefined {
  return typeof id === 'string' ? split(id, ':') : undefined;
}

function split(text: string, separator: string): OwnName | undefined {
  const at = text.indexOf(separator);
  if (at < 1 || at + separator.length === text.length) return undefined;
  return { slug: text.slice(0, at), name: text.slice(at + separator.length) };
}
