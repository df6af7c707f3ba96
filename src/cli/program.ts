/** Every command, and what becomes of their errors: one clear line, and an exit code (0 fine, 1 failed check, 2 usage). */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../api/index.ts';
import { toPortcullisError } from '../errors.ts';
import { adminKey } from './commands/admin-key.ts';
import { adminOwnerLink } from './commands/admin-owner-link.ts';
import { adminRotateMasterKey } from './commands/admin-rotate-master-key.ts';
import { applyCommand } from './commands/apply.ts';
import { approvalsApprove, approvalsDeny } from './commands/approvals-answer.ts';
import { approvalsList } from './commands/approvals-list.ts';
import { approvalsShow } from './commands/approvals-show.ts';
import { catalogMessages } from './commands/catalog-messages.ts';
import { catalogExport } from './commands/catalog-export.ts';
import { catalogImport } from './commands/catalog-import.ts';
import { catalogOverride } from './commands/catalog-override.ts';
import { catalogSearch } from './commands/catalog-search.ts';
import { catalogShow } from './commands/catalog-show.ts';
import { catalogStats } from './commands/catalog-stats.ts';
import { doctorCommand } from './commands/doctor.ts';
import { grantList } from './commands/grant-list.ts';
import { grantMint } from './commands/grant-mint.ts';
import { grantReveal } from './commands/grant-reveal.ts';
import { grantRevoke } from './commands/grant-revoke.ts';
import { grantRotate } from './commands/grant-rotate.ts';
import { grantSet } from './commands/grant-set.ts';
import { logExport } from './commands/log-export.ts';
import { logTail } from './commands/log-tail.ts';
import { logVerify } from './commands/log-verify.ts';
import { policyBacktest } from './commands/policy-backtest.ts';
import { policyDiff } from './commands/policy-diff.ts';
import { policyAttack } from './commands/policy-attack.ts';
import { policyExplain } from './commands/policy-explain.ts';
import { policyImport } from './commands/policy-import.ts';
import { policyLint } from './commands/policy-lint.ts';
import { policyList } from './commands/policy-list.ts';
import { policySet } from './commands/policy-set.ts';
import { policyTest } from './commands/policy-test.ts';
import { policyValidate } from './commands/policy-validate.ts';
import { scanCommand } from './commands/scan.ts';
import { serverAdd } from './commands/server-add.ts';
import { serverConnect } from './commands/server-connect.ts';
import { serverConnections } from './commands/server-connections.ts';
import { serverDisconnect } from './commands/server-disconnect.ts';
import { serverList } from './commands/server-list.ts';
import { serverRefresh } from './commands/server-refresh.ts';
import { serverRemove } from './commands/server-remove.ts';
import { serverSet } from './commands/server-set.ts';
import type { Io } from './io.ts';
import { plain } from './print.ts';

type AddCommand = (group: Command, io: Io) => void;

const GROUPS: Readonly<Record<string, readonly [description: string, commands: readonly AddCommand[]]>> = {
  server: [
    'MCP servers behind the gateway',
    [
      serverAdd,
      serverSet,
      serverList,
      serverRemove,
      serverRefresh,
      serverConnect,
      serverDisconnect,
      serverConnections,
    ],
  ],
  policy: [
    'what may be called',
    [
      policyValidate,
      policyExplain,
      policyTest,
      policyLint,
      policyDiff,
      policyBacktest,
      policyAttack,
      policyImport,
      policySet,
      policyList,
    ],
  ],
  grant: ['who may call', [grantMint, grantSet, grantList, grantRotate, grantRevoke, grantReveal]],
  approvals: [
    'calls that wait for a person',
    [approvalsList, approvalsShow, approvalsApprove, approvalsDeny],
  ],
  catalog: [
    'what MCP servers and their tools can do',
    [
      catalogImport,
      catalogSearch,
      catalogShow,
      catalogExport,
      catalogOverride,
      catalogStats,
      catalogMessages,
    ],
  ],
  log: ['the decision log', [logTail, logExport, logVerify]],
  admin: ['accounts, the REST API and the master key', [adminKey, adminOwnerLink, adminRotateMasterKey]],
};

/** @param more commands that are not made from `Io` alone */
export function buildProgram(io: Io, more: readonly ((program: Command) => void)[] = []): Command {
  const program = new Command('portcullis')
    .description('A policy gateway for the Model Context Protocol.')
    .version(VERSION)
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      outputError: () => {},
    })
    .exitOverride();
  for (const add of more) add(program);
  for (const [name, [description, commands]] of Object.entries(GROUPS)) {
    const group = program.command(name).description(description);
    for (const add of commands) add(group, io);
  }
  applyCommand(program, io);
  doctorCommand(program, io);
  scanCommand(program, io);
  return program;
}

/** Runs one command line (without the program's own name). Never throws. @returns the exit code */
export async function runProgram(
  args: readonly string[],
  io: Omit<Io, 'fail'>,
  more: readonly ((program: Command) => void)[] = [],
): Promise<number> {
  let code = 0;
  const program = buildProgram({ ...io, fail: () => (code = 1) }, more);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return error instanceof CommanderError ? usage(io, error) : failure(io, error);
  }
}

function usage(io: Pick<Io, 'err'>, error: CommanderError): number {
  // Help and version that were asked for.
  if (error.exitCode === 0) return 0;
  if (error.code !== 'commander.help')
    io.err(`portcullis: ${error.message.replace(/^error: /, '').replaceAll('\n', ' ')} (--help tells more)`);
  return 2;
}

function failure(io: Pick<Io, 'err' | 'variables'>, thrown: unknown): number {
  const error = toPortcullisError(thrown);
  const said =
    error.code === 'PC_INTERNAL'
      ? String((error.cause as Error | undefined)?.message ?? error.message)
      : error.message;
  io.err(`portcullis: ${plain(said)}`);
  for (const { line, column, pointer, message } of error.problems) {
    const place = line === undefined ? '' : `${line}:${column ?? 1} `;
    io.err(plain(`  ${place}${pointer === '' ? '' : `${pointer} `}${message}`));
  }
  if (io.variables['PORTCULLIS_LOG_LEVEL'] === 'debug' && thrown instanceof Error) io.err(thrown.stack ?? '');
  return 1;
}
