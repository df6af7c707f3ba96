import type { Command } from 'commander';
import { approvalDetail } from '../../api/index.ts';
import { approvalDesk, cliApprover } from '../approval-desk.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

const SIGN = { same: ' ', added: '+', removed: '-' };

export function approvalsShow(group: Command, io: Io): void {
  group
    .command('show')
    .description('one call, as an approver sees it')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action((id: string, { json }: { json?: boolean }) =>
      withInstallation(io, async (installation) => {
        const desk = await approvalDesk(installation);
        const shown = await approvalDetail(installation.store, desk, await desk.get(id), cliApprover());
        if (json === true) return io.out(JSON.stringify(shown, null, 2));
        const { server, grant, tool, toolClass, rule, message, state, expiresAt, people, earlier, viewHash } =
          shown;
        io.out(plain(`${grant.label} wants to call ${tool} (${toolClass}) on ${server.name}: ${message}`));
        io.out(plain(`${state}; until ${expiresAt}; rule ${rule}; people needed: ${people}`));
        if (earlier !== null) io.out(plain(`the answer to an identical call was lost: decision ${earlier}`));
        for (const { name, kind, language, text, invisible } of shown.arguments) {
          io.out(
            plain(
              `\n${name} (${language ?? kind})${invisible > 0 ? ` ${invisible} invisible characters` : ''}`,
            ),
          );
          for (const line of text.split('\n')) io.out(`  ${plain(line)}`);
        }
        if (shown.argumentText === null) io.out('\nThe arguments are deleted.');
        for (const { name, lines } of shown.diff?.arguments ?? []) {
          io.out(plain(`\n${name}, against the last approved call`));
          for (const { op, text } of lines) io.out(`  ${SIGN[op]} ${plain(text)}`);
        }
        for (const { actor, verdict, reason, at } of shown.votes)
          io.out(plain(`\n${at} ${actor}: ${verdict}${reason === null ? '' : ` (${reason})`}`));
        io.out(`\ndigest of this view: ${viewHash}`);
      }),
    );
}
