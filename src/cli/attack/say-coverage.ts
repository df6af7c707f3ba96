import { assessTools, loadAttacks, recommendServer, type ScannedServer } from '../../catalog/index.ts';
import type { Io } from '../io.ts';
import { plain } from '../print.ts';
import { coverageLine } from './print-coverage.ts';

/** How the policy recommended for each scanned server fares; on standard error, beside the report. */
export async function sayCoverage(io: Io, servers: readonly ScannedServer[]): Promise<void> {
  const { ATTACKS, playAll } = await loadAttacks();
  for (const { stated, catalogue } of servers) {
    if (catalogue === undefined) continue;
    const tools = assessTools(catalogue.tools, stated.name);
    const coverage = playAll(ATTACKS, recommendServer(tools), tools, { now: Date.now() });
    io.err(`${plain(stated.name)}: ${coverageLine(coverage)}`);
    const gaps = coverage.results.filter(({ outcome }) => outcome === 'got through').map(({ slug }) => slug);
    if (gaps.length > 0) io.err(`  got through: ${gaps.join(', ')}`);
  }
}
