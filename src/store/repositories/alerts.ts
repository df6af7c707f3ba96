import type { AlertRow, AlertStore } from '../approval-types.ts';
import type { Access } from '../changes.ts';
import { present } from '../presence.ts';
import { alertRow } from '../rows.ts';

const MOST_SHOWN = 20;

export function alerts({ db, clock, change, write }: Access): AlertStore {
  return {
    async list(organizationId) {
      const query = db.selectFrom('alerts').selectAll().where('organizationId', '=', organizationId);
      return (await query.orderBy('createdAt').orderBy('id').execute()).map(alertRow);
    },

    async get(id) {
      const row = await db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : alertRow(row);
    },

    async insert(row) {
      const now = clock();
      const values = { ...row, ...stored(row), createdAt: now, updatedAt: now };
      return alertRow(
        await change((tx) => tx.insertInto('alerts').values(values).returningAll().executeTakeFirstOrThrow()),
      );
    },

    async update(id, patch) {
      const values = { ...patch, ...patched(patch), updatedAt: clock() };
      const row = await change((tx) =>
        tx.updateTable('alerts').set(values).where('id', '=', id).returningAll().executeTakeFirst(),
      );
      return alertRow(present(row, 'alert'));
    },

    async remove(id) {
      await change(async (tx) => {
        present(
          await tx.deleteFrom('alerts').where('id', '=', id).returning('id').executeTakeFirst(),
          'alert',
        );
      });
    },

    async mark(alertId, key, at, windowMs) {
      const row = await write((tx) =>
        tx
          .insertInto('alertMarks')
          .values({ alertId, key, at })
          .onConflict((conflict) =>
            conflict
              .columns(['alertId', 'key'])
              .doUpdateSet({ at })
              .where('alertMarks.at', '<=', at - windowMs),
          )
          .returning('key')
          .executeTakeFirst(),
      );
      return row !== undefined;
    },

    async enqueue(row) {
      const values = { ...row, attempts: 0, doneAt: null, error: null };
      await write((tx) => tx.insertInto('alertDeliveries').values(values).execute());
    },

    async take(now, leaseMs) {
      const due = db.selectFrom('alertDeliveries').select('id').where('doneAt', 'is', null);
      const next = await due.where('nextAt', '<=', now).orderBy('nextAt').executeTakeFirst();
      if (next === undefined) return undefined;
      return write((tx) =>
        tx
          .updateTable('alertDeliveries')
          .set((eb) => ({ nextAt: now + leaseMs, attempts: eb('attempts', '+', 1) }))
          .where('id', '=', next.id)
          .where('doneAt', 'is', null)
          .where('nextAt', '<=', now)
          .returningAll()
          .executeTakeFirst(),
      );
    },

    async done(id, at, error) {
      await write((tx) =>
        tx.updateTable('alertDeliveries').set({ doneAt: at, error }).where('id', '=', id).execute(),
      );
    },

    async later(id, nextAt, error) {
      await write((tx) =>
        tx.updateTable('alertDeliveries').set({ nextAt, error }).where('id', '=', id).execute(),
      );
    },

    deliveries(alertId) {
      const query = db.selectFrom('alertDeliveries').selectAll().where('alertId', '=', alertId);
      return query.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(MOST_SHOWN).execute();
    },

    async forget(before) {
      await write(async (tx) => {
        await tx.deleteFrom('alertDeliveries').where('doneAt', '<', before).execute();
        await tx.deleteFrom('alertMarks').where('at', '<', before).execute();
      });
    },
  };
}

function stored(row: Pick<AlertRow, 'events' | 'links' | 'enabled'>) {
  return { events: JSON.stringify(row.events), links: Number(row.links), enabled: Number(row.enabled) };
}

function patched({ events, links, enabled }: Partial<AlertRow>) {
  return {
    events: events && JSON.stringify(events),
    links: links === undefined ? undefined : Number(links),
    enabled: enabled === undefined ? undefined : Number(enabled),
  };
}
