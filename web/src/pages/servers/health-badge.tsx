import type { Inventory } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Traffic } from './use-server-traffic.ts';

/** From what is known: whether it listed its tools, whether they changed, whether calls fail. */
export function HealthBadge({
  item,
  traffic,
}: {
  readonly item: Inventory;
  readonly traffic?: Traffic | undefined;
}) {
  const drifted = item.tools.filter((tool) => tool.drifted).length;
  if (item.seenAt === null) return <Badge title="It has not listed its tools yet">Not reached yet</Badge>;
  if (traffic !== undefined && traffic.errors > 0)
    return (
      <Badge tone="warn" title="In the last 24 hours">
        {traffic.errors} failed
      </Badge>
    );
  if (drifted > 0)
    return (
      <Badge tone="warn" title="Definitions that are no longer the ones you accepted">
        {drifted} changed
      </Badge>
    );
  return <Badge tone="good">Healthy</Badge>;
}
