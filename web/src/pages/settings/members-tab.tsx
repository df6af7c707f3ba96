import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { membersQuery } from '../../api/queries/members.ts';
import { useMe } from '../../app/use-me.ts';
import { counted } from '../../lib/number-text.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberRow } from './member-row.tsx';

export function MembersTab() {
  const { may } = useMe();
  const [inviting, setInviting] = useState(false);
  const members = useQuery(membersQuery());
  const invite = may('admin') && (
    <Button look="main" onClick={() => setInviting(true)}>
      <UserPlus aria-hidden className="size-4" />
      Invite somebody
    </Button>
  );
  return (
    <div className="max-w-3xl space-y-4">
      <Shown query={members} what="The members could not be read">
        {(all) => (
          <Card flush title={counted(all.length, 'member')} actions={all.length > 0 && invite}>
            {all.length === 0 ? (
              <EmptyState icon={Users} title="Nobody has an account yet" action={invite}>
                The owner link that the gateway printed at its start makes the first one. Others join by
                invitation.
              </EmptyState>
            ) : (
              <ul className="divide-y">
                {all.map((member) => (
                  <MemberRow key={member.id} member={member} />
                ))}
              </ul>
            )}
          </Card>
        )}
      </Shown>
      {may('admin') && <Invitations />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}
