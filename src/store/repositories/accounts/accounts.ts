import type { AccountStore } from '../../account-types.ts';
import type { Access } from '../../changes.ts';
import { invitations } from './invitations.ts';
import { members } from './members.ts';
import { organizations } from './organizations.ts';
import { people } from './people.ts';
import { serverMembers } from './server-members.ts';
import { sessions } from './sessions.ts';
import { throttles } from './throttles.ts';

export function accounts(access: Access): AccountStore {
  return {
    database: access.db,
    people: people(access),
    sessions: sessions(access),
    organizations: organizations(access),
    members: members(access),
    invitations: invitations(access),
    serverMembers: serverMembers(access),
    throttles: throttles(access),
  };
}
