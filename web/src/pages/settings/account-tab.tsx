import type { Me } from '../../api/queries/session.ts';
import { Card } from '../../ui/card.tsx';
import { ChangePassword } from './change-password.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactor } from './two-factor.tsx';

export function AccountTab({ person }: { readonly person: NonNullable<Me['person']> }) {
  return (
    <div className="max-w-xl space-y-4">
      <Card title="You">
        <p className="font-medium">{person.name}</p>
        <p className="text-soft">{person.email}</p>
      </Card>
      <ChangePassword />
      <TwoFactor enabled={person.twoFactorEnabled} />
      <Sessions />
    </div>
  );
}
