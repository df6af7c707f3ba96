import type { Command } from 'commander';
import { PortcullisError } from '../../errors.ts';
import { importIntercept } from '../../policy/index.ts';
import type { Io } from '../io.ts';
import { readText } from '../read-text.ts';

export function policyImport(group: Command, io: Io): void {
  group
    .command('import')
    .description('convert a policy of the Intercept proxy (YAML); what changes is told on standard error')
    .argument('<file>')
    .action(async (file: string) => {
      const text = await readText(file).catch((cause: NodeJS.ErrnoException) => {
        throw new PortcullisError(
          'PC_CONFIG_INVALID',
          { detail: `${file} cannot be read (${cause.code ?? cause.message})` },
          { cause },
        );
      });
      const imported = importIntercept(text);
      if (!imported.ok) throw new PortcullisError('PC_POLICY_INVALID', {}, { problems: imported.problems });
      for (const change of imported.changes) io.err(change);
      io.out(JSON.stringify(imported.document, null, 2));
    });
}
