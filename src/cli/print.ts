import type { Io } from './io.ts';

/** Columns under headings, or the rows as JSON. */
export function printList<Row extends object>(
  io: Io,
  asJson: boolean | undefined,
  rows: readonly Row[],
  columns: readonly (readonly [heading: string, cell: (row: Row) => string])[],
): void {
  if (asJson === true) return io.out(JSON.stringify(rows, null, 2));
  if (rows.length === 0) return io.out('(none)');
  const lines = [
    columns.map(([heading]) => heading),
    ...rows.map((row) => columns.map(([, cell]) => plain(cell(row)))),
  ];
  const widths = columns.map((_, index) =>
    lines.reduce((widest, line) => Math.max(widest, line[index]!.length), 0),
  );
  const aligned = lines.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index]!))
      .join('  ')
      .trimEnd(),
  );
  io.out(aligned.join('\n'));
}

/** What others chose must not steer a terminal. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
