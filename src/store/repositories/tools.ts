import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Expression, type ExpressionBuilder } from 'kysely';
import type { Access } from '../changes.ts';
import { present, requireServer } from '../presence.ts';
import { jsonText, toolRow } from '../rows.ts';
import type { StoredTool, Tables, Tx } from '../schema.ts';
import type { Store, ToolRow, ToolSummary } from '../types.ts';
import { readSetting, writeSetting } from './settings.ts';

/** Rows of one statement; calls are served in between. */
const SLICE = 50;
/** What an upstream says of a tool. The rest of the row is what this installation made of it, and stays. */
const LISTED = ['definition', 'digest', 'class', 'classes', 'severity', 'assessment', 'lastSeenAt'] as const;

/** The setting that is another after every listing. */
const STATE = 'tools.state';
type StoredSummary = Pick<StoredTool, Exclude<keyof ToolSummary, 'classes'> | 'classes'>;

export function tools({ db, change, write }: Access): Store['tools'] {
  const alter = async (
    serverId: string,
    name: string,
    value: (eb: ExpressionBuilder<Tables, 'tools'>) => {
      classOverride?: string | null;
      pinnedDigest?: Expression<string>;
    },
  ): Promise<ToolRow> => {
    const query = (tx: Tx): Promise<StoredTool | undefined> =>
      tx
        .updateTable('tools')
        .set(value)
        .where('serverId', '=', serverId)
        .where('name', '=', name)
        .returningAll()
        .executeTakeFirst();
    return toolRow(await change(async (tx) => present(await query(tx), 'tool')));
  };
  return {
    async list(serverId) {
      const rows = await db
        .selectFrom('tools')
        .selectAll()
        .where('serverId', '=', serverId)
        .orderBy('name')
        .execute();
      return rows.map(toolRow);
    },

    async changedSince(revision) {
      const rows = await db
        .selectFrom('tools')
        .select('serverId')
        .distinct()
        .where('revision', '>', revision)
        .execute();
      return rows.map(({ serverId }) => serverId);
    },

    state: async () => (await readSetting(db, STATE)) ?? '',

    async stamps() {
      const { rows } = await sql<{ serverId: string; count: number; seen: number; revision: number }>`
        select server_id as "serverId", count(*) as count, max(last_seen_at) as seen, max(revision) as revision
        from tools group by server_id`.execute(db.withoutPlugins());
      return new Map(rows.map((row) => [row.serverId, `${row.count} ${row.seen} ${row.revision}`]));
    },

    async summaries(serverIds) {
      if (serverIds.length === 0) return [];
      // Names as they are asked for: to rename the columns of every row costs as much as to read them.
      const { rows } = await sql<StoredSummary>`
        select server_id as "serverId", name, class, classes, severity, class_override as "classOverride",
          digest, pinned_digest as "pinnedDigest", last_seen_at as "lastSeenAt"
        from tools where server_id in (${sql.join([...serverIds])}) order by server_id, name`.execute(
        db.withoutPlugins(),
      );
      // Tens of thousands of rows, and a handful of combinations.
      const read = new Map<string, readonly string[]>();
      return rows.map((row) => {
        const classes = read.get(row.classes) ?? (JSON.parse(row.classes) as string[]);
        read.set(row.classes, classes);
        const { serverId, name, severity, classOverride, digest, pinnedDigest, lastSeenAt } = row;
        return {
          serverId,
          name,
          class: row.class,
          classes,
          severity,
          classOverride,
          digest,
          pinnedDigest,
          lastSeenAt,
        };
      });
    },

    async upsert(serverId, listed, at) {
      const rows = storedOnce(serverId, listed, at);
      await write(async (tx) => {
        await requireServer(tx, serverId);
        for (let start = 0; start < rows.length; start += SLICE) {
          if (start > 0) await nextTurn();
          await tx
            .insertInto('tools')
            .values(rows.slice(start, start + SLICE))
            .onConflict((conflict) =>
              conflict
                .columns(['serverId', 'name'])
                .doUpdateSet((eb) =>
                  Object.fromEntries(LISTED.map((name) => [name, eb.ref(`excluded.${name}`)])),
                ),
            )
            .execute();
        }
        // Last, so that two processes never wait for each other.
        await writeSetting(tx, STATE, randomUUID());
      });
    },

    override: (serverId, name, toolClass) => alter(serverId, name, () => ({ classOverride: toolClass })),

    repin: (serverId, name) => alter(serverId, name, (eb) => ({ pinnedDigest: eb.ref('digest') })),
  };
}

/** One row a name, the last one said, ordered by name: two processes then lock the rows in the same order. */
function storedOnce(
  serverId: string,
  listed: Parameters<Store['tools']['upsert']>[1],
  at: number,
): StoredTool[] {
  const rows = new Map<string, StoredTool>();
  for (const tool of listed) {
    rows.set(tool.name, {
      ...tool,
      serverId,
      classes: JSON.stringify(tool.classes),
      assessment: jsonText(tool.assessment),
      pinnedDigest: tool.digest,
      classOverride: null,
      firstSeenAt: at,
      lastSeenAt: at,
    });
  }
  return [...rows.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
