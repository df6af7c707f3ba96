import { bareUrl } from './checks/url-secrets.ts';
import { program, readPackage } from './read-package.ts';
import type { ServerTarget, StatedServer } from './types.ts';

/** What reports and the lock file call each server: its name, with the program it belongs to where names repeat. */
export function serverKeys(servers: readonly StatedServer[]): ReadonlyMap<StatedServer, string> {
  const used = new Map<string, number>();
  for (const { name } of servers) used.set(name, (used.get(name) ?? 0) + 1);
  const keys = new Map<StatedServer, string>();
  const taken = new Set<string>();
  for (const server of servers) {
    const wanted = (used.get(server.name) ?? 0) > 1 ? `${server.name} (${server.client})` : server.name;
    let key = wanted;
    for (let number = 2; taken.has(key); number += 1) key = `${wanted} ${number}`;
    taken.add(key);
    keys.set(server, key);
  }
  return keys;
}

/** Where a server comes from, the same on every machine: its package or program, or its address without secrets. */
export function originOf(target: ServerTarget): string {
  if (target.transport !== 'stdio') return bareUrl(target.url);
  const run = readPackage(target.command);
  return run === undefined ? `command:${program(target.command[0])}` : `${run.registry}:${run.name}`;
}

/** The same for two entries that are one server, configured twice. */
export function sameness(target: ServerTarget): string {
  if (target.transport !== 'stdio' || readPackage(target.command) !== undefined) return originOf(target);
  return `command:${JSON.stringify(target.command)}`;
}
