import { useQuery } from '@tanstack/react-query';
import { meQuery, type Me, type Role } from '../api/queries/session.ts';

const LADDER: readonly Role[] = ['viewer', 'policy_manager', 'admin'];

/** Who is signed in, and whether they may. Until it is known, nothing is allowed. */
export function useMe(): { readonly me: Me | undefined; readonly may: (role: Role) => boolean } {
  const { data: me } = useQuery(meQuery());
  return { me, may: (role) => rank(me) !== -1 && rank(me) >= LADDER.indexOf(role) };
}

function rank(me: Me | undefined): number {
  return me === undefined || me.role === null ? -1 : LADDER.indexOf(me.role);
}
