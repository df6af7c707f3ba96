import { useState } from 'react';
import { Download } from 'lucide-react';
import { listAll } from '../../api/list-all.ts';
import { csvLine } from '../../lib/csv.ts';
import { saveFile } from '../../lib/save-file.ts';
import { announce } from '../../ui/announcer.ts';
import { Button } from '../../ui/button.tsx';
import { knownByPolicy, type Reach } from './reach.ts';

/** More than a spreadsheet takes, and about what a browser can hold. */
const MOST_LINES = 1_000_000;

/** Every grant that can call one of the tools, as a file. */
export function ExportReach({
  shown,
  server,
}: {
  readonly shown: readonly Reach[];
  readonly server: string | undefined;
}) {
  const [count, setCount] = useState<number>();
  const save = async (): Promise<void> => {
    const lines = shown.reduce(
      (sum, { callers }) =>
        sum +
        Math.max(
          1,
          callers.reduce((so, caller) => so + caller.count, 0),
        ),
      0,
    );
    if (lines > MOST_LINES)
      return announce(
        `That would be ${lines.toLocaleString('en')} lines. Choose a server or a class, or search.`,
        'bad',
      );
    setCount(0);
    try {
      const query = { state: 'active' as const, ...(server === undefined ? {} : { server }) };
      saveFile(
        'who-can-call-what.csv',
        linesOf(shown, await listAll('GET /grants', { query, onCount: setCount })),
        'text/csv',
      );
    } catch (error) {
      announce(`The grants could not be read: ${(error as Error).message}`, 'bad');
    }
    setCount(undefined);
  };
  return (
    <Button small busy={count !== undefined} onClick={() => void save()}>
      {count === undefined && <Download aria-hidden className="size-3.5" />}
      {count === undefined ? 'Export as CSV' : `${count.toLocaleString('en')} grants read…`}
    </Button>
  );
}

function linesOf(shown: readonly Reach[], grants: Parameters<typeof knownByPolicy>[0]): readonly string[] {
  const under = knownByPolicy(grants);
  const lines = shown.flatMap(({ tool, item, callers }) => {
    const about = [item.server.name, tool.name, tool.class, tool.severity];
    if (callers.length === 0) return [csvLine([...about, '', '', 'nobody'])];
    return callers.flatMap(({ policy, kind }) =>
      (under.get(policy.id) ?? []).map(({ label }) => csvLine([...about, label, policy.name, kind])),
    );
  });
  return [csvLine(['server', 'tool', 'class', 'severity', 'grant', 'policy', 'how']), ...lines];
}
