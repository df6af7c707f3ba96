import { Link } from '@tanstack/react-router';
import type { Inventory } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { classCounts } from '../../lib/class-counts.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RiskBar } from '../../ui/risk-bar.tsx';
import { Select } from '../../ui/select.tsx';

export function ServerStep({
  items,
  chosen,
  onChoose,
}: {
  readonly items: readonly Inventory[];
  readonly chosen: Inventory | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const { may } = useMe();
  return (
    <div className="space-y-3">
      {items.length > 0 && (
        <Select
          aria-label="Server"
          value={chosen?.server.id ?? ''}
          onChange={onChoose}
          choices={[
            ...(chosen === undefined ? [{ value: '', text: 'Choose a server…' }] : []),
            ...items.map(({ server }) => ({ value: server.id, text: server.name })),
          ]}
        />
      )}
      {chosen && chosen.tools.length > 0 && <RiskBar counts={classCounts(chosen.tools)} />}
      {chosen?.seenAt === null && (
        <Notice
          tone="warn"
          title="It has not listed its tools yet"
          action={
            <Link
              to="/servers/$server"
              params={{ server: chosen.server.slug }}
              search={{ tab: chosen.server.auth.status === 'needs-sign-in' ? 'access' : 'settings' }}
              className={buttonClasses('plain', true)}
            >
              Mend it
            </Link>
          }
        >
          Its address, a header or a sign-in may be missing. A policy can be built without, but calls will
          fail.
        </Notice>
      )}
      {may('admin') ? (
        <Link
          to="/servers/add"
          search={{ next: 'start' }}
          className={buttonClasses(items.length === 0 ? 'main' : 'plain', items.length > 0)}
        >
          {items.length === 0 ? 'Add your first server' : 'Add another server'}
        </Link>
      ) : (
        items.length === 0 && <p className="text-soft">Only admins add servers. Ask one of yours.</p>
      )}
    </div>
  );
}
