/** The rows of a database of today, put into the tables of an earlier schema as a program of then would have written them. */
import { sql } from 'kysely';
import type { Backend } from '../../src/store/backend.ts';
import { decodeBlock } from '../../src/store/log/block.ts';
import { MIGRATIONS, migrate } from '../../src/store/migrations.ts';
import { openBackend } from '../../src/store/open-store.ts';
import type { Db } from '../../src/store/schema.ts';
import { columnsOf } from '../../src/store/testing/columns-of.ts';

/** Triggers set it. */
const STAMPED = 'revision';

type Row = Readonly<Record<string, unknown>>;

/** Rows by table, both as the database spells them. */
export type Contents = ReadonlyMap<string, readonly Row[]>;

/** Every row of a database but for the catalogue, which a start fills. */
export async function contentsOf(url: string): Promise<Contents> {
  const backend = await openBackend(url);
  const contents = new Map<string, readonly Row[]>();
  for (const name of (await tablesOf(backend)).keys()) {
    const { rows } = await sql<Row>`select * from ${sql.table(name)}`.execute(backend.db.withoutPlugins());
    contents.set(name, rows);
  }
  await backend.close();
  return contents;
}

/** Makes an empty database one of the first `count` migrations, with what those tables can hold of `contents`, which it returns. */
export async function writeEarlier(url: string, count: number, contents: Contents): Promise<Contents> {
  const backend = await openBackend(url);
  const { db } = backend;
  await migrate(db, backend.dialect, Date.now(), MIGRATIONS.slice(0, count));
  const tables = await tablesOf(backend);
  const earlier = inEarlierTables(contents, tables);
  const written = new Map<string, readonly Row[]>();
  // A table is made after those that it refers to.
  await db.transaction().execute(async (tx) => {
    for (const name of new Set(['servers', 'policies', 'users', 'organizations', ...earlier.keys()])) {
      const columns = tables.get(name);
      if (columns === undefined || name === 'migrations') continue;
      await sql`delete from ${sql.table(name)}`.execute(tx.withoutPlugins());
      const rows = (earlier.get(name) ?? []).map((row) =>
        Object.fromEntries(
          Object.entries(row).filter(([column]) => columns.has(column) && column !== STAMPED),
        ),
      );
      for (const row of rows) await insert(tx, name, row);
      written.set(name, rows);
    }
  });
  await backend.close();
  return written;
}

/** Blocks of the log become what the first two forms of it were. */
function inEarlierTables(contents: Contents, tables: Pick<ReadonlySet<string>, 'has'>): Contents {
  const earlier = new Map(contents);
  const postings = contents.get('log_postings') ?? [];
  if (tables.has('entries')) earlier.set('entries', (contents.get('log_blocks') ?? []).flatMap(entriesOf));
  else if (!tables.has('log_postings')) earlier.set('log_terms', postings);
  return earlier;
}

function entriesOf({ chain, first_seq: firstSeq, heads, lines }: Row): Row[] {
  return decodeBlock(chain as string, Number(firstSeq), {
    heads: heads as string,
    lines: lines as Uint8Array,
  }).map(({ grantId, ...entry }) => ({ ...entry, grant_id: grantId }));
}

async function insert(db: Db, table: string, row: Row): Promise<void> {
  const names = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  const values = sql.join(Object.values(row));
  await sql`insert into ${sql.table(table)} (${names}) values (${values})`.execute(db.withoutPlugins());
}

/** With their columns. */
async function tablesOf(backend: Backend): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const tables = [...(await columnsOf(backend))].filter(([name]) => !name.startsWith('catalog_'));
  return new Map(tables.map(([name, columns]) => [name, new Set(columns)]));
}
