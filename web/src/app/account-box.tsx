import { Link, useNavigate } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { queryClient } from '../api/query-client.ts';
import { request } from '../api/request.ts';
import { harmless } from '../lib/harmless.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { useMe } from './use-me.ts';

const ROLES = { admin: 'Admin', policy_manager: 'Policy manager', viewer: 'Viewer' } as const;

export function AccountBox() {
  const { me } = useMe();
  const navigate = useNavigate();
  const signOut = async (): Promise<void> => {
    await request('POST', '/api/auth/sign-out', { body: {} }).catch(() => undefined);
    queryClient.clear();
    await navigate({ to: '/sign-in' });
  };
  const name = me?.person?.name ?? me?.caller ?? '';
  return (
    <div className="flex items-center gap-1 border-t px-3 py-2">
      <div className="min-w-0 flex-1 leading-tight">
        <p className="truncate text-sm font-medium" title={harmless(name, 200)}>
          {harmless(name, 200)}
        </p>
        <p className="truncate text-xs text-soft" title={me?.organization?.name}>
          {me === undefined || me.role === null ? 'No organization' : ROLES[me.role]}
          {me?.organization && ' · '}
          {me?.organization &&
            (me.organizations.length > 1 ? (
              <Link
                to="/settings"
                search={{ tab: 'organization' }}
                title="Change to another organization"
                className="underline"
              >
                {me.organization.name}
              </Link>
            ) : (
              me.organization.name
            ))}
        </p>
      </div>
      <ThemeMenu />
      {me?.person && (
        <IconButton label="Sign out" onClick={() => void signOut()}>
          <LogOut aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
