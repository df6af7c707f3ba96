import { useState } from 'react';
import { Download } from 'lucide-react';
import { listAll } from '../../api/list-all.ts';
import type { DecisionFilter } from '../../api/queries/decisions.ts';
import type { Decision } from '../../api/types.ts';
import { csvLine } from '../../lib/csv.ts';
import { saveFile } from '../../lib/save-file.ts';
import { announce } from '../../ui/announcer.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ProofDialog } from './proof-dialog.tsx';

const COLUMNS = [
  'at',
  'outcome',
  'method',
  'tool',
  'server',
  'grant',
  'client',
  'rule',
  'message',
  'id',
] as const;

/** Everything that fits the filter, as a file. */
export function ExportMenu({ query }: { readonly query: DecisionFilter }) {
  const [count, setCount] = useState<number>();
  const [explaining, setExplaining] = useState(false);
  const save = async (kind: 'jsonl' | 'csv'): Promise<void> => {
    setCount(0);
    try {
      const shown = (await listAll('GET /decisions', {
        query,
        onCount: setCount,
      })) as unknown[] as Decision[];
      if (kind === 'jsonl')
        saveFile(
          `decisions-${today()}.jsonl`,
          shown.map((one) => `${JSON.stringify(one)}\n`),
          'application/x-ndjson',
        );
      else
        saveFile(
          `decisions-${today()}.csv`,
          [csvLine(COLUMNS), ...shown.map((one) => csvLine(cells(one)))],
          'text/csv',
        );
    } catch (error) {
      announce(`The log could not be exported: ${(error as Error).message}`, 'bad');
    }
    setCount(undefined);
  };
  return (
    <>
      <Menu
        trigger={
          <Button busy={count !== undefined}>
            {count === undefined && <Download aria-hidden className="size-4" />}
            {count === undefined ? 'Export' : `${count.toLocaleString('en')} read…`}
          </Button>
        }
        items={[
          { text: 'As JSON lines', onSelect: () => void save('jsonl') },
          { text: 'As CSV', onSelect: () => void save('csv') },
          { text: 'A copy that proves itself…', onSelect: () => setExplaining(true) },
        ]}
      />
      {explaining && <ProofDialog onClose={() => setExplaining(false)} />}
    </>
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function cells({ at, outcome, method, tool, server, grant, client, rule, message, id }: Decision) {
  return [
    new Date(at).toISOString(),
    outcome,
    method,
    tool,
    server.name,
    grant?.label,
    client?.name,
    rule,
    message,
    id,
  ];
}
