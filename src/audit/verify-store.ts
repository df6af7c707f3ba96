/** Checks the log in a database: every chain against its stored head, and the columns of every row against its line. */
import type { EntryRow, RemovalRow, Store } from '../store/index.ts';
import { indexOf, readLine, rowOf } from './line.ts';
import type { EntryStore } from './mover.ts';
import type { Verification, VerificationProblem } from './verification.ts';
import { verifyLines } from './verify-lines.ts';
import type { VerifyOptions } from './verify-lines.ts';

/** A log whose front retention may have removed. */
export type KeptStore = EntryStore & { readonly retention: Pick<Store['retention'], 'removals'> };

/** Retention that removes blocks while they are read: then they are read again. */
const TRIES = 4;

/** @throws PortcullisError PC_STORE_UNAVAILABLE */
export async function verifyStore(
  store: KeptStore,
  options: Pick<VerifyOptions, 'publicKey'> = {},
): Promise<Verification> {
  for (let tries = 1; ; tries += 1) {
    const removals = await store.retention.removals();
    const found = await verifyOnce(store, options, removals);
    if (found.ok || tries === TRIES) return found;
    if (JSON.stringify(await store.retention.removals()) === JSON.stringify(removals)) return found;
  }
}

async function verifyOnce(
  store: EntryStore,
  options: Pick<VerifyOptions, 'publicKey'>,
  removals: readonly RemovalRow[],
): Promise<Verification> {
  const heads = (await store.chains.list()).toSorted((a, b) => (a.chain < b.chain ? -1 : 1));
  const columns: { problem?: VerificationProblem } = {};
  async function* lines(): AsyncGenerator<string> {
    let number = 0;
    for (const { chain, seq } of heads) {
      // Entries that are written while this runs lie behind the head that was read.
      for await (const row of store.entries.read(chain, 1, seq)) {
        number++;
        const name = contradiction(row);
        if (name !== undefined)
          columns.problem ??= {
            kind: 'altered',
            line: number,
            chain,
            seq: row.seq,
            message: `chain ${chain}: the column ${name} of seq ${row.seq} contradicts its line`,
          };
        yield row.line;
      }
    }
  }
  const found = await verifyLines(lines(), { ...options, removals, head: heads });
  const { problem } = columns;
  if (problem === undefined || (found.problem !== undefined && found.problem.line <= problem.line))
    return found;
  return { ...found, ok: false, problem };
}

/** The first column that does not say what the line says. A line that is no entry is for the chain check to name. */
function contradiction(row: EntryRow): string | undefined {
  const facts = readLine(row.line);
  if (facts === undefined) return undefined;
  let expected: EntryRow;
  try {
    expected = rowOf(indexOf(facts.kind, row.line), facts.chain, facts.seq, row.line);
  } catch {
    return 'line';
  }
  return (Object.keys(expected) as (keyof EntryRow)[]).find((name) => expected[name] !== row[name]);
}
