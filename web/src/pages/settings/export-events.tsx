import { useState } from 'react';
import { Download } from 'lucide-react';
import { listAll } from '../../api/list-all.ts';
import { saveFile } from '../../lib/save-file.ts';
import { announce } from '../../ui/announcer.ts';
import { Button } from '../../ui/button.tsx';

/** All admin events as a file, one JSON object a line. */
export function ExportEvents() {
  const [isReading, setReading] = useState(false);
  const save = async (): Promise<void> => {
    setReading(true);
    try {
      const events = await listAll('GET /events', {});
      saveFile(
        `events-${new Date().toISOString().slice(0, 10)}.jsonl`,
        events.map((one) => `${JSON.stringify(one)}\n`),
        'application/x-ndjson',
      );
    } catch (error) {
      announce(`The events could not be exported: ${(error as Error).message}`, 'bad');
    }
    setReading(false);
  };
  return (
    <Button small busy={isReading} onClick={() => void save()}>
      {!isReading && <Download aria-hidden className="size-3.5" />}
      Export as JSON lines
    </Button>
  );
}
