import { LISTS, type LockedDefinition, type LockedServer } from '../lock.ts';
import { makeFinding } from '../make-finding.ts';
import type { Finding, SourcePlace } from '../types.ts';

/** What differs from the lock file: one finding for each definition. */
export function checkDrift(
  before: LockedServer,
  now: LockedServer,
  source: SourcePlace | undefined,
): Finding[] {
  const found: Finding[] = [];
  const say = (id: Finding['id'], what: string, evidence: string): void => {
    found.push(makeFinding(id, `lock file: ${what}`, evidence, { source }));
  };
  if (before.origin !== now.origin) say('drift-changed', 'origin', `${before.origin} became ${now.origin}`);
  if (before.identity.name !== now.identity.name)
    say('drift-changed', 'identity', `${before.identity.name} became ${now.identity.name}`);
  if (before.identity.version !== now.identity.version)
    say('drift-version', 'identity', `${before.identity.version} became ${now.identity.version}`);
  if (before.instructions !== now.instructions)
    say('drift-changed', 'instructions', 'the instructions differ');
  for (const [list, what] of LISTS) {
    const [old, fresh] = [
      new Map(Object.entries(before[list] ?? {})),
      new Map(Object.entries(now[list] ?? {})),
    ];
    for (const name of fresh.keys())
      if (!old.has(name)) say('drift-added', `${what} ${name}`, `${name} is new`);
    for (const [name, was] of old) {
      const is = fresh.get(name);
      if (is === undefined) say('drift-removed', `${what} ${name}`, `${name} is gone`);
      else if (is.digest !== was.digest) say('drift-changed', `${what} ${name}`, changedMembers(was, is));
    }
  }
  return found;
}

function changedMembers({ members: was }: LockedDefinition, { members: is }: LockedDefinition): string {
  const [old, fresh] = [new Map(Object.entries(was)), new Map(Object.entries(is))];
  const words = [
    ...[...fresh.keys()].filter((key) => !old.has(key)).map((key) => `${key} added`),
    ...[...old.keys()].filter((key) => !fresh.has(key)).map((key) => `${key} removed`),
    ...[...fresh]
      .filter(([key, digest]) => old.has(key) && old.get(key) !== digest)
      .map(([key]) => `${key} changed`),
  ];
  return words.join(', ') || 'the definition differs';
}
