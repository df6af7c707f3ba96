import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../api/queries/session.ts';
import { call } from '../../api/call.ts';
import type { Member } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { useMe } from '../../app/use-me.ts';
import { announce } from '../../ui/announcer.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { ROLE_CHOICES } from './role-choices.ts';

export function MemberRow({ member }: { readonly member: Member }) {
  const { me, may } = useMe();
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const [leaving, setLeaving] = useState<Role>();
  const isMe = me?.person?.id === member.personId;
  const change = useChange({
    run: (role: Role) => call('PATCH /members/{id}', { path: { id: member.id }, body: { role } }),
    touches: [['members'], ['me']],
  });
  const setRole = (role: Role): void =>
    change.mutate(role, {
      onSuccess: () => announce('The role counts from now on.', 'good', () => change.mutate(member.role)),
      onError: (error) => announce(error.message, 'bad'),
    });
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-4 py-2.5">
      <div className="min-w-0">
        <p className="flex items-center gap-2 font-medium">
          <Untrusted text={member.name} most={100} />
          {member.twoFactorEnabled && <Badge tone="good">Second factor</Badge>}
        </p>
        <p className="text-[0.8125rem] text-soft">
          <Untrusted text={member.email} most={200} />
        </p>
      </div>
      <div className="flex items-center gap-2">
        <div className="w-44">
          <Select
            aria-label={`Role of ${member.name}`}
            value={member.role}
            disabled={!may('admin') || change.isPending}
            onChange={(role) => (isMe ? setLeaving(role) : setRole(role))}
            choices={ROLE_CHOICES}
          />
        </div>
        {may('admin') && (
          <Button small look="danger" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        )}
      </div>
      {leaving !== undefined && (
        <ConfirmDialog
          title="Give up the admin role"
          action="Change my role"
          onClose={() => setLeaving(undefined)}
          onConfirm={() => change.mutateAsync(leaving)}
        >
          You cannot take this back yourself: another admin has to.
        </ConfirmDialog>
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove ${member.name}`}
          action="Remove"
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await call('DELETE /members/{id}', { path: { id: member.id } });
            await client.invalidateQueries({ queryKey: ['members'] });
          }}
        >
          They lose access at once, and what they signed in for at servers. Grants that they minted go on
          working: revoke those under Grants. You can invite them again.
        </ConfirmDialog>
      )}
    </li>
  );
}
