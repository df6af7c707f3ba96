/** `portcullis scan`: what the servers of a command line, a URL or configuration files can do, and what is wrong with them. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  SCAN_SEVERITIES,
  scanServers,
  shown,
  type Finding,
  type ScannedServer,
} from '../../catalog/index.ts';
import { collect, countOf, transportOf } from '../arguments.ts';
import type { Io } from '../io.ts';
import { sayCoverage } from '../attack/say-coverage.ts';
import { askServers } from '../scan/ask-servers.ts';
import { hasConsent } from '../scan/consent.ts';
import { fileNamed, knownFiles, type Machine } from '../scan/known-files.ts';
import { readLockFile, updateLockFile } from '../scan/lock-file.ts';
import type { Entry } from '../scan/read-entry.ts';
import { readConfigurationFile } from '../scan/read-file.ts';
import { FORMATS, formatOf, namedServer, severityOf, type ScanFlags } from '../scan/scan-options.ts';
import { writeReports } from '../scan/write-reports.ts';

const LOCK = 'mcp.lock.json';

export function scanCommand(program: Command, io: Io): void {
  program
    .command('scan')
    .description('what MCP servers can do and what is wrong with them; exit code 1 when --fail-on is reached')
    .argument('[command...]', 'a server on stdio: -- command arguments…')
    .option('--upstream <url>', 'a server over HTTP')
    .option('--transport <kind>', 'with --upstream: http (the default) or sse', transportOf)
    .option('--header <header>', 'with --upstream: a header, "Name: value"; repeatable', collect, [])
    .option('--env <variable>', 'with -- command: NAME=value, or NAME to pass it on; repeatable', collect, [])
    .option('--config <file>', 'a configuration file of an MCP client; repeatable', collect, [])
    .option('--all', "all known clients' configuration files of this user and this folder")
    .option('--static', 'reads configuration files only; starts and contacts nothing')
    .option('--yes', 'agrees to start and contact the servers of the configuration')
    .addOption(new Option('--format <format>', FORMATS.join(', ')).argParser(formatOf))
    .option('--json', 'the same as --format json')
    .option('--output <file>', 'where the report goes; its name tells the format; repeatable', collect, [])
    .addOption(
      new Option('--fail-on <severity>', `exit code 1 from ${SCAN_SEVERITIES.join(', ')} on`).argParser(
        severityOf,
      ),
    )
    .option('--lock <file>', 'compares with a lock file; every difference is a finding')
    .option('--update-lock', `writes the lock file (${LOCK}) instead of comparing`)
    .option('--policy <file>', 'writes the policy recommended for the server')
    .option('--attack', 'plays the attack patterns that fit against the policy recommended for each server')
    .option('--timeout <seconds>', 'for each server', countOf, 60)
    .action((command: string[], flags: ScanFlags) => scan(io, command, flags));
}

interface Found {
  readonly entries: readonly Pick<Entry, 'stated' | 'off'>[];
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

async function scan(io: Io, command: readonly string[], flags: ScanFlags): Promise<void> {
  const machine: Machine = {
    platform: process.platform,
    home: homedir(),
    cwd: process.cwd(),
    variables: io.variables,
  };
  const named = namedServer(command, flags, machine);
  const updating = flags.updateLock === true;
  const lock = flags.lock === undefined || updating ? undefined : await readLockFile(flags.lock);
  const { entries, files, findings }: Found =
    named === undefined
      ? await readFiles(flags, machine)
      : { entries: [{ stated: named, off: false }], files: [], findings: [] };
  const wanted = flags.static === true ? [] : entries.filter(({ off }) => !off).map(({ stated }) => stated);
  if (named === undefined && !(await hasConsent(io, wanted, flags.yes === true))) {
    io.err('portcullis: nothing was started');
    return io.fail();
  }
  const asked = await askServers(wanted, {
    machine,
    timeoutMs: flags.timeout * 1000,
    signal: io.signal,
    progress: (line) => io.err(`portcullis: ${shown(line, 300)}`),
  });
  const answers = new Map(asked.map((server) => [server.stated, server]));
  const servers: ScannedServer[] = entries.map(({ stated }) => answers.get(stated) ?? { stated });
  const complete = named === undefined;
  const report = scanServers(servers, { at: new Date().toISOString(), files, findings, lock, complete });
  await writeReports(io, report, flags, machine.cwd);
  if (flags.attack === true) await sayCoverage(io, servers);
  if (updating) {
    const path = flags.lock ?? LOCK;
    const count = await updateLockFile(path, servers, complete);
    io.err(`portcullis: wrote ${path}, ${count} ${count === 1 ? 'server' : 'servers'}`);
  }
  const failing =
    flags.failOn === undefined ? [] : SCAN_SEVERITIES.slice(SCAN_SEVERITIES.indexOf(flags.failOn));
  const unanswered = named !== undefined && servers[0]!.catalogue === undefined;
  if (unanswered || io.signal.aborted || failing.some((severity) => report.counts[severity] > 0)) io.fail();
}

async function readFiles(flags: ScanFlags, machine: Machine): Promise<Found> {
  const chosen = flags.config.map((path) => fileNamed(isAbsolute(path) ? path : join(machine.cwd, path)));
  const known = flags.all === true ? knownFiles(machine) : [];
  const files = [...chosen, ...known.filter(({ path }) => !chosen.some((one) => one.path === path))];
  const read = await Promise.all(files.map((file) => readConfigurationFile(file, machine.cwd)));
  const missing = chosen.find((_, index) => read[index] === undefined);
  if (missing !== undefined) throw new InvalidArgumentError(`--config ${missing.path} does not exist`);
  const found = read.filter((one) => one !== undefined);
  return {
    entries: found.flatMap(({ entries }) => entries),
    files: found.map(({ file }) => file),
    findings: found.flatMap(({ findings }) => findings),
  };
}
