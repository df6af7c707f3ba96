import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import type { Grant, Inventory } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { counted } from '../../lib/number-text.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { GrantPolicy } from './grant-policy.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { ServersDialog } from './servers-dialog.tsx';

type Open = 'reveal' | 'edit' | 'servers' | 'rotate' | 'revoke';

export function GrantRow({
  item,
  grant,
  withServer,
}: {
  /** Of its first server; undefined while that is being read. */
  readonly item: Inventory | undefined;
  readonly grant: Grant;
  readonly withServer: boolean;
}) {
  const { may } = useMe();
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const active = grant.revokedAt === null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <Untrusted text={grant.label} most={120} />
          <StateBadge grant={grant} />
          {grant.tags.map((tag) => (
            <Badge key={tag}>
              <Untrusted text={tag} most={40} />
            </Badge>
          ))}
        </p>
        <p className="text-[0.8125rem] text-soft">
          {withServer && (
            <>
              <Untrusted text={item?.server.name ?? ''} most={80} />
              {grant.servers.length > 1 && ` and ${counted(grant.servers.length - 1, 'more server')}`}
              {' · '}
            </>
          )}
          {grant.owner !== null && (
            <>
              <Untrusted text={grant.owner} most={80} />
              {' · '}
            </>
          )}
          {grant.allowedAddresses.length > 0 && `from ${grant.allowedAddresses.join(', ')} only · `}
          minted <TimeAgo time={grant.createdAt} /> ·{' '}
          <Link to="/log" search={{ grant: grant.id }} className="underline hover:text-ink">
            its calls
          </Link>
        </p>
      </div>
      {item && <GrantPolicy item={item} grant={grant} disabled={!active || !may('policy_manager')} />}
      {may('admin') && active && (
        <Menu
          trigger={
            <IconButton label={`Actions on ${grant.label}`}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
          items={[
            { text: 'Show the token and configuration', onSelect: () => setOpen('reveal') },
            { text: 'Edit…', onSelect: () => setOpen('edit') },
            { text: 'Servers and policies…', onSelect: () => setOpen('servers') },
            { text: 'Rotate the token…', onSelect: () => setOpen('rotate') },
            { text: 'Revoke…', harmful: true, onSelect: () => setOpen('revoke') },
          ]}
        />
      )}
      {open === 'reveal' && item && <RevealDialog server={item.server} grant={grant} onClose={close} />}
      {open === 'edit' && <EditDialog grant={grant} onClose={close} />}
      {open === 'servers' && <ServersDialog grant={grant} onClose={close} />}
      {open === 'rotate' && item && <RotateDialog server={item.server} grant={grant} onClose={close} />}
      {open === 'revoke' && <RevokeDialog grant={grant} onClose={close} />}
    </div>
  );
}

function StateBadge({ grant }: { readonly grant: Grant }) {
  if (grant.revokedAt !== null) return <Badge tone="bad">Revoked</Badge>;
  if (grant.expiresAt === null) return null;
  const over = new Date(grant.expiresAt).getTime() <= Date.now();
  return (
    <Badge tone={over ? 'bad' : 'plain'}>
      {over ? 'Expired' : 'Expires'} <TimeAgo time={grant.expiresAt} />
    </Badge>
  );
}
