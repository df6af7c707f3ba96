/** Rows of one statement: their values stay below what one may have. */
const ROWS = 500;

/** Runs `insert` for all rows, a statement's worth at a time. */
export async function inSlices<Row>(
  rows: readonly Row[],
  insert: (some: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS) await insert(rows.slice(start, start + ROWS));
}
