/** The columns of the index, as statements list them. */
import type { IndexTable } from './dialect-sql.ts';

export const SERVERS: IndexTable = {
  table: 'catalog_servers',
  columns: [
    ['id', 'integer'],
    ['slug', 'text'],
    ['position', 'bigint'],
    ['facts', 'text'],
    ['extra', 'text'],
    ['updated_at', 'bigint'],
  ],
};
export const TOOLS: IndexTable = {
  table: 'catalog_tools',
  columns: [
    ['id', 'integer'],
    ['server_id', 'integer'],
    ['name', 'text'],
    ['position', 'bigint'],
    ['class', 'text'],
    ['digest', 'text'],
    ['hit', 'text'],
    ['facts', 'text'],
    ['updated_at', 'bigint'],
  ],
};

export const SERVER_COLUMNS = listed(SERVERS);
export const TOOL_COLUMNS = listed(TOOLS);

function listed({ columns }: IndexTable): string {
  return columns.map(([name]) => name).join(', ');
}
