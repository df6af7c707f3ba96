/**
 * Who owns a grant. The file may name people before they have an account, and after they have left: neither keeps the
 * program from starting. Such a grant belongs to nobody, so servers where everybody signs in for themself refuse it.
 */
import type { Problem } from '../../errors.ts';
import type { GrantRow, MembershipRow } from '../../store/index.ts';
import { memberCalled } from '../find.ts';
import type { ConfiguredGrant } from './types.ts';

/** The grants with the ids of their owners; adds a line to `warnings` for those who are no members. */
export function withOwners(
  grants: readonly ConfiguredGrant[],
  members: readonly MembershipRow[],
  warnings: string[],
): readonly ConfiguredGrant[] {
  return grants.map(({ ownerId: named, ...grant }) => {
    if (named === undefined) return grant;
    const found = memberCalled(members, named);
    if (found !== undefined) return { ...grant, ownerId: found.userId };
    warnings.push(
      `${named}, who shall own the grant ${grant.label} of ${grant.server}, is no member; apply the file again when they are`,
    );
    return grant;
  });
}

/** Sessions and tasks at the server are the owner's, so a grant never changes hands. */
export function ownerProblems(
  updates: readonly {
    readonly row: GrantRow;
    readonly wanted: ConfiguredGrant;
    readonly members: readonly string[];
  }[],
): readonly Problem[] {
  return updates
    .filter(({ row, members }) => row.ownerId !== null && members.includes('ownerId'))
    .map(({ wanted }) => ({
      pointer: `${wanted.pointer}/ownerId`,
      message: 'the owner of a grant does not change; give the grant of another person another label',
    }));
}
