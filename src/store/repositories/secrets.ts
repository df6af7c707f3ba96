/** Every sealed value there is, for a new master key. */
import type { Access } from '../changes.ts';
import type { SecretPlace } from '../keys/secret-box.ts';
import type { Tx } from '../schema.ts';
import type { ServerAuth, Store } from '../types.ts';
import { writeSetting } from './settings.ts';

/** The setting that holds the key from which others are derived. */
export const DERIVATION_KEY = 'keys.derivation';

/** Where the tokens of a connection are sealed for: one server, and one person where it is theirs. */
export function connectionPlace(serverId: string, owner: string): SecretPlace {
  return { table: 'upstream_connections', id: owner === '' ? serverId : `${serverId}/${owner}` };
}

type Renew = (sealed: string, place: SecretPlace) => string;

const PARTS = [servers, grants, connections, attempts, approvals, alerts, deliveries, settingsOf];

export function secrets({ write }: Access): Store['secrets'] {
  return {
    async renew(renew) {
      let changed = 0;
      for (const part of PARTS) changed += await write((tx) => part(tx, renew));
      return changed;
    },
  };
}

async function servers(tx: Tx, renew: Renew): Promise<number> {
  let changed = 0;
  for (const { id, sealedSecrets, auth } of await tx
    .selectFrom('servers')
    .select(['id', 'sealedSecrets', 'auth'])
    .execute()) {
    const next = {
      sealedSecrets: sealedSecrets && renew(sealedSecrets, { table: 'servers', id }),
      auth: auth && renewedAuth(JSON.parse(auth) as ServerAuth, id, renew),
    };
    if (next.sealedSecrets === sealedSecrets && next.auth === auth) continue;
    await tx.updateTable('servers').set(next).where('id', '=', id).execute();
    changed += 1;
  }
  return changed;
}

function renewedAuth(auth: ServerAuth, id: string, renew: Renew): string {
  const { sealedClientSecret } = auth;
  if (sealedClientSecret === undefined) return JSON.stringify(auth);
  return JSON.stringify({
    ...auth,
    sealedClientSecret: renew(sealedClientSecret, { table: 'servers.auth', id }),
  });
}

async function grants(tx: Tx, renew: Renew): Promise<number> {
  let changed = 0;
  for (const { id, sealedToken } of await tx.selectFrom('grants').select(['id', 'sealedToken']).execute()) {
    const next = renew(sealedToken, { table: 'grants', id });
    if (next === sealedToken) continue;
    await tx.updateTable('grants').set({ sealedToken: next }).where('id', '=', id).execute();
    changed += 1;
  }
  return changed;
}

async function connections(tx: Tx, renew: Renew): Promise<number> {
  let changed = 0;
  for (const { serverId, owner, sealed } of await tx
    .selectFrom('upstreamConnections')
    .selectAll()
    .execute()) {
    const next = renew(sealed, connectionPlace(serverId, owner));
    if (next === sealed) continue;
    await tx
      .updateTable('upstreamConnections')
      .set({ sealed: next })
      .where('serverId', '=', serverId)
      .where('owner', '=', owner)
      // A refresh that came in between has sealed its own.
      .where('sealed', '=', sealed)
      .execute();
    changed += 1;
  }
  return changed;
}

async function attempts(tx: Tx, renew: Renew): Promise<number> {
  let changed = 0;
  for (const { id, sealed } of await tx.selectFrom('connectionAttempts').selectAll().execute()) {
    const next = renew(sealed, { table: 'connection_attempts', id });
    if (next === sealed) continue;
    await tx.updateTable('connectionAttempts').set({ sealed: next }).where('id', '=', id).execute();
    changed += 1;
  }
  return changed;
}

async function approvals(tx: Tx, renew: Renew): Promise<number> {
  let changed = 0;
  for (const { id, sealedArguments } of await tx
    .selectFrom('approvals')
    .select(['id', 'sealedArguments'])
    .where('sealedArguments', 'is not', null)
    .execute()) {
    const next = sealedArguments && renew(sealedArguments, { table: 'approvals', id });
    if (next === sealedArguments) continue;
    await tx.updateTable('approvals').set({ sealedArguments: next }).where('id', '=', id).execute();
    changed += 1;
  }
  return changed;
}

async function alerts(tx: Tx, renew: Renew): Promise<number> {
  let changed = 0;
  for (const { id, sealedTarget } of await tx.selectFrom('alerts').select(['id', 'sealedTarget']).execute()) {
    const next = renew(sealedTarget, { table: 'alerts', id });
    if (next === sealedTarget) continue;
    await tx.updateTable('alerts').set({ sealedTarget: next }).where('id', '=', id).execute();
    changed += 1;
  }
  return changed;
}

async function deliveries(tx: Tx, renew: Renew): Promise<number> {
  let changed = 0;
  for (const { id, sealedMessage } of await tx
    .selectFrom('alertDeliveries')
    .select(['id', 'sealedMessage'])
    .execute()) {
    const next = renew(sealedMessage, { table: 'alert_deliveries', id });
    if (next === sealedMessage) continue;
    await tx.updateTable('alertDeliveries').set({ sealedMessage: next }).where('id', '=', id).execute();
    changed += 1;
  }
  return changed;
}

/** Some settings are sealed; those that are not have no such beginning. */
async function settingsOf(tx: Tx, renew: Renew): Promise<number> {
  let changed = 0;
  for (const { name, value } of await tx
    .selectFrom('settings')
    .selectAll()
    .where('value', 'like', 'v1.%.%.%')
    .execute()) {
    const next = renew(value, { table: 'settings', id: name });
    if (next === value) continue;
    await writeSetting(tx, name, next);
    changed += 1;
  }
  return changed;
}
