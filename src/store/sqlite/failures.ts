/** What SQLite's result codes (https://www.sqlite.org/rescode.html) mean to the rest of the program. */
import { PortcullisError } from '../../errors.ts';
import { conflict, LOST_REFERENCE } from '../conflicts.ts';

const BUSY = 5;
const FOREIGN_KEY = 787;
const UNIQUE = 2067;
const PRIMARY_KEY = 1555;

/** By primary result code. */
const TROUBLE: Readonly<Record<number, string>> = {
  3: 'the file may not be opened',
  [BUSY]: 'another process keeps it locked',
  6: 'another query keeps it locked',
  7: 'there is not enough memory',
  8: 'it is read-only',
  10: 'the disk reports an error',
  11: 'the file is damaged',
  13: 'the disk is full',
  14: 'the file cannot be opened',
  15: 'another process keeps it locked',
  23: 'the file may not be opened',
  26: 'the file is not a SQLite database',
};

export function isBusy(error: unknown): boolean {
  return (resultCode(error) & 0xff) === BUSY;
}

/** The error to throw instead; one that is no fault of the database (a wrong query) stays itself. */
export function sqliteFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('code' in error && error.code === 'ERR_INVALID_STATE')
    return new PortcullisError('PC_STORE_UNAVAILABLE', { detail: 'it is closed' }, { cause: error });
  const code = resultCode(error);
  if (code === UNIQUE || code === PRIMARY_KEY) return conflict(violatedIndex(error.message), error);
  if (code === FOREIGN_KEY) return conflict(LOST_REFERENCE, error);
  const detail = TROUBLE[code & 0xff];
  return detail === undefined
    ? error
    : new PortcullisError('PC_STORE_UNAVAILABLE', { detail }, { cause: error });
}

/** The package for older Node gives no code with the errors of `all`; the texts are SQLite's own, of sqlite3_errstr and its constraints. */
const BY_TEXT: readonly (readonly [string, number])[] = [
  ['UNIQUE constraint failed', UNIQUE],
  ['FOREIGN KEY constraint failed', FOREIGN_KEY],
  ['database is locked', BUSY],
  ['database table is locked', 6],
  ['attempt to write a readonly database', 8],
  ['disk I/O error', 10],
  ['database disk image is malformed', 11],
  ['database or disk is full', 13],
  ['unable to open database file', 14],
  ['file is not a database', 26],
];

function resultCode(error: unknown): number {
  if (!(error instanceof Error)) return 0;
  if ('errcode' in error) return Number(error.errcode);
  return BY_TEXT.find(([text]) => error.message.startsWith(text))?.[1] ?? 0;
}

/** "UNIQUE constraint failed: policies.server_id, policies.name" → "policies_name". */
function violatedIndex(message: string): string {
  return /([a-z_]+)\.([a-z_]+)$/.exec(message)?.slice(1).join('_') ?? '';
}
