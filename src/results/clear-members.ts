/** The members of an upstream's answer that a decision rests on: each stands once, whoever reads it. */
import { PortcullisError } from '../errors.ts';
import { locateMembers, nameTable, variantOf, type MemberSpan } from '../wire/index.ts';

export interface ClearMembers {
  /** Where the object starts. */
  readonly start: number;
  /** Only those asked for, by name. */
  readonly members: ReadonlyMap<string, MemberSpan>;
}

/**
 * @param wanted names that may stand once at most, and not beside a spelling that differs in case only: a lax client would read that
 * @throws PC_UPSTREAM_PROTOCOL
 */
export function clearMembers(bytes: Buffer, start: number, wanted: readonly string[]): ClearMembers {
  const members = new Map<string, MemberSpan>();
  let all;
  try {
    all = locateMembers(bytes, start);
  } catch (cause) {
    throw unreadable('an answer that is not JSON', cause);
  }
  if (all === undefined) throw unreadable('an answer without an object where one is expected');
  for (const member of all) {
    if (!wanted.includes(member.name)) continue;
    if (members.has(member.name)) throw unreadable(`${member.name} stands twice`);
    members.set(member.name, member);
  }
  if (
    variantsIn(
      all.map(({ name }) => name),
      [...members.keys()],
    )
  )
    throw unreadable('members that differ in case only');
  return { start, members };
}

/** Whether one of the names is another spelling of one of ours. */
export function variantsIn(names: readonly string[], ours: readonly string[]): boolean {
  const table = nameTable(ours);
  return names.some((name) => variantOf(name, table) !== undefined);
}

export function unreadable(detail: string, cause?: unknown): PortcullisError {
  return new PortcullisError('PC_UPSTREAM_PROTOCOL', { server: '', detail }, { cause });
}
