import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import type { Command } from 'commander';
import { exportLines } from '../../audit/index.ts';
import { PortcullisError } from '../../errors.ts';
import { loadSigningKey } from '../../store/index.ts';
import { timeOf } from '../arguments.ts';
import { withInstallation, type Io } from '../io.ts';

interface Options {
  readonly out?: string;
  readonly from?: number;
  readonly to?: number;
}

export function logExport(group: Command, io: Io): void {
  group
    .command('export')
    .description('a copy of the log that "log verify" can check, one JSON object a line')
    .option('--out <file>', 'where to (default: standard output)')
    .option('--from <time>', 'entries from then on', timeOf)
    .option('--to <time>', 'entries before then', timeOf)
    .action(({ out, from, to }: Options) =>
      withInstallation(io, async ({ store, home, registry }) => {
        const filter = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
        const lines = exportLines(store, filter, { signingKey: loadSigningKey(home), clock: registry.now });
        if (out === undefined) for await (const line of lines) io.out(line);
        else io.err(`Wrote ${await write(out, lines)} lines to ${out}.`);
      }),
    );
}

async function write(path: string, lines: AsyncIterable<string>): Promise<number> {
  const file = createWriteStream(path, { mode: 0o600 });
  let count = 0;
  try {
    await once(file, 'open');
    for await (const line of lines) {
      count++;
      if (!file.write(`${line}\n`)) await once(file, 'drain');
    }
    file.end();
    await finished(file);
    return count;
  } catch (cause) {
    throw new PortcullisError(
      'PC_CONFIG_INVALID',
      { detail: `${path} cannot be written (${(cause as Error).message})` },
      { cause },
    );
  }
}
