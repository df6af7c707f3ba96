import { Link } from '@tanstack/react-router';
import type { Inventory } from '../../api/types.ts';
import { classCounts } from '../../lib/class-counts.ts';
import { buttonClasses } from '../../ui/button.tsx';
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
      <Link
        to="/servers/add"
        search={{ next: 'start' }}
        className={buttonClasses(items.length === 0 ? 'main' : 'plain', items.length > 0)}
      >
        {items.length === 0 ? 'Add your first server' : 'Add another server'}
      </Link>
    </div>
  );
}
