import type { Command } from 'commander';
import { examine, type Finding } from '../doctor.ts';
import type { Io } from '../io.ts';

export function doctorCommand(program: Command, io: Io): void {
  program
    .command('doctor')
    .description('check that everything the gateway needs is there; exit code 1 when something is not')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings: Finding[] = [];
      for await (const finding of examine(io)) {
        findings.push(finding);
        if (json !== true)
          io.out(
            `${finding.ok ? 'ok      ' : 'PROBLEM '} ${finding.what}: ${finding.detail}${finding.remedy === undefined ? '' : ` → ${finding.remedy}`}`,
          );
      }
      if (json === true) io.out(JSON.stringify(findings, null, 2));
      if (findings.some(({ ok }) => !ok)) io.fail();
    });
}
