import { PortcullisError } from '../errors.ts';
import type { Tx } from './schema.ts';

/** The row, or PC_API_NOT_FOUND. */
export function present<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what });
  return row;
}

/** @throws PC_API_NOT_FOUND */
export async function requireServer(tx: Tx, id: string): Promise<void> {
  present(await tx.selectFrom('servers').select('id').where('id', '=', id).executeTakeFirst(), 'server');
}
