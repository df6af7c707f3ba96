/** As many grants as there are in large installations, in a few statements. */
import type { Db } from '../schema.ts';
import type { Store } from '../types.ts';
import { grantSample, START } from './samples.ts';

/** Ids in the order in which they are made, as the gateway's are. */
export function orderedId(place: number): string {
  return `01a0-${String(place).padStart(8, '0')}`;
}

export async function fillGrants(store: Store, serverId: string, count: number): Promise<void> {
  const {
    id: _,
    tags,
    allowedAddresses = [],
    tokenHash: __,
    further: ___,
    owner = null,
    ...rest
  } = grantSample(serverId, '');
  const rows = Array.from({ length: count }, (____, place) => ({
    ...rest,
    id: orderedId(place),
    label: `laptop ${place}`,
    tags: JSON.stringify(tags),
    allowedAddresses: JSON.stringify(allowedAddresses),
    tokenHash: `hash-${serverId}-${place}`,
    expiresAt: null,
    policyId: null,
    ownerId: null,
    owner,
    revokedAt: null,
    createdAt: START,
    updatedAt: START,
  }));
  const db = store.accounts.database as Db;
  for (let from = 0; from < rows.length; from += 500)
    await db
      .insertInto('grants')
      .values(rows.slice(from, from + 500))
      .execute();
}
