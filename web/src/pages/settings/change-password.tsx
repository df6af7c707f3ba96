import { useState } from 'react';
import { request } from '../../api/request.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export function ChangePassword() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useChange({
    run: () =>
      request('POST', '/api/auth/change-password', {
        body: { currentPassword, newPassword, revokeOtherSessions: true },
      }),
    touches: [['sessions']],
    done: 'The password is changed; other sessions are ended.',
    onDone: () => {
      setCurrent('');
      setNew('');
    },
  });
  return (
    <Card title="Password">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(undefined);
        }}
      >
        <PasswordField label="Current password" value={currentPassword} onChange={setCurrent} />
        <PasswordField isNew label="New password" value={newPassword} onChange={setNew} />
        {change.isError && <ProblemNotice error={change.error} what="The password was not changed" />}
        <Button type="submit" busy={change.isPending}>
          Change it
        </Button>
      </form>
    </Card>
  );
}
