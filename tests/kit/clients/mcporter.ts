/** mcporter: a command line client. Each run connects, does one thing and ends. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partFile } from '../folders.ts';
import { runToEnd, type Exit } from '../process.ts';

export interface McporterRun extends Exit {
  readonly stdout: string;
  readonly stderr: string;
}

export interface Mcporter {
  /** `mcporter list gateway --json`. */
  list(): Promise<McporterRun>;
  /** `mcporter call gateway.<tool> --args …`. */
  call(tool: string, args?: Record<string, unknown>): Promise<McporterRun>;
}

export async function mcporter(url: string, token: string): Promise<Mcporter> {
  const home = await mkdtemp(join(tmpdir(), 'portcullis-mcporter-'));
  const config = join(home, 'mcporter.json');
  const server = { baseUrl: url, headers: { Authorization: 'Bearer ${GATEWAY_TOKEN}' } };
  await writeFile(config, JSON.stringify({ mcpServers: { gateway: server }, imports: [] }));
  const run = (args: readonly string[]): Promise<McporterRun> =>
    runToEnd(partFile('mcporter/dist/cli.js'), ['--config', config, ...args], {
      env: { GATEWAY_TOKEN: token, HOME: home },
      cwd: home,
    });
  return {
    list: () => run(['list', 'gateway', '--json']),
    call: (tool, args = {}) =>
      run(['call', `gateway.${tool}`, '--args', JSON.stringify(args), '--output', 'json']),
  };
}
