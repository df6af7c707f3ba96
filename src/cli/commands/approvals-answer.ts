import type { Command } from 'commander';
import { recordEvent } from '../../registry/index.ts';
import { approvalDesk, cliApprover } from '../approval-desk.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';

export function approvalsApprove(group: Command, io: Io): void {
  group
    .command('approve')
    .description('agrees to this one call')
    .argument('<id>')
    .option('--reason <text>', 'kept with the answer')
    .action((id: string, { reason }: { reason?: string }) => answer(io, id, 'approve', reason ?? null));
}

export function approvalsDeny(group: Command, io: Io): void {
  group
    .command('deny')
    .description('refuses this call')
    .argument('<id>')
    .requiredOption('--reason <text>', 'the agent reads it')
    .action((id: string, { reason }: { reason: string }) => answer(io, id, 'deny', reason));
}

function answer(io: Io, id: string, verdict: 'approve' | 'deny', reason: string | null): Promise<void> {
  return withInstallation(io, async (installation) => {
    const desk = await approvalDesk(installation);
    const row = await desk.decide(id, cliApprover(), { verdict, reason });
    await recordEvent(installation.registry, cliActor(), `approval.${verdict}`, id, {
      reason,
      state: row.state,
    });
    io.out(row.state === 'pending' ? 'noted; another person must agree as well' : row.state);
  });
}
