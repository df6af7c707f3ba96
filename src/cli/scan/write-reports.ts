import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { VERSION } from '../../api/index.ts';
import {
  printPolicy,
  reportHtml,
  reportJson,
  reportMarkdown,
  reportSarif,
  reportTable,
  type ScanReport,
} from '../../catalog/index.ts';
import { slugOf } from '../../registry/index.ts';
import type { Io } from '../io.ts';
import { formatFor, type Format, type ScanFlags } from './scan-options.ts';

/** To the files that were named, or to standard output. */
export async function writeReports(io: Io, report: ScanReport, flags: ScanFlags, cwd: string): Promise<void> {
  for (const file of flags.output) {
    await writeFile(file, `${render(report, formatFor(flags, file), cwd).trimEnd()}\n`);
    io.err(`portcullis: wrote ${file}`);
  }
  if (flags.output.length === 0) io.out(render(report, formatFor(flags), cwd).trimEnd());
  if (flags.policy !== undefined) await writePolicies(io, report, flags.policy);
}

function render(report: ScanReport, format: Format, cwd: string): string {
  if (format === 'json') return reportJson(report);
  if (format === 'sarif') return reportSarif(report, VERSION, cwd);
  if (format === 'markdown') return reportMarkdown(report);
  return format === 'html' ? reportHtml(report) : reportTable(report);
}

/** One server's policy goes into the file; of several, each into one with its name: `policy.github.json`. */
async function writePolicies(io: Io, { servers }: ScanReport, file: string): Promise<void> {
  const known = servers.flatMap(({ name, policy }) => (policy === null ? [] : [{ name, policy }]));
  for (const { name, policy } of known) {
    const end = extname(file);
    const path =
      known.length === 1 ? file : `${file.slice(0, file.length - end.length)}.${slugOf(name)}${end}`;
    await writeFile(path, `${printPolicy(policy)}\n`);
    io.err(`portcullis: wrote ${path}, the policy recommended for this server`);
  }
}
