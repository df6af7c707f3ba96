/** Builds what a test scans. */
import { scanServers, type ScanOptions } from '../scan-servers.ts';
import type {
  Finding,
  ScannedServer,
  ScanReport,
  ServerCatalogue,
  ServerTarget,
  SourcePlace,
} from '../types.ts';

/** A server that lists these tools, and is started in a way that nobody minds. */
export function listing(
  name: string,
  tools: ServerCatalogue['tools'],
  more: Partial<ServerCatalogue> = {},
): ScannedServer {
  return {
    ...configured(name, { transport: 'stdio', command: ['node', `${name}.js`], env: {} }),
    catalogue: { serverInfo: { name }, instructions: undefined, tools, ...more },
  };
}

/** A server that is configured like this, and was not asked. Its parts stand on line 7. */
export function configured(name: string, target: ServerTarget): ScannedServer {
  const source: SourcePlace = { file: 'mcp.json', line: 3, column: 5 };
  const part: SourcePlace = { file: 'mcp.json', line: 7, column: 9 };
  const parts =
    target.transport === 'stdio'
      ? [
          'command',
          ...target.command.slice(1).map((_, index) => `args/${index}`),
          ...Object.keys(target.env).map((key) => `env/${key}`),
        ]
      : ['url', ...Object.keys(target.headers).map((key) => `headers/${key}`)];
  return {
    stated: { name, client: 'Cursor', target, source, places: new Map(parts.map((key) => [key, part])) },
  };
}

export function scan(servers: readonly ScannedServer[], options: Partial<ScanOptions> = {}): ScanReport {
  return scanServers(servers, {
    at: '2026-01-31T00:00:00.000Z',
    files: ['mcp.json'],
    findings: [],
    complete: true,
    ...options,
  });
}

/** `id severity` of everything that was found about a server. */
export function found(report: ScanReport, server = 0): string[] {
  return report.servers[server]!.findings.map(({ id, severity }: Finding) => `${id} ${severity}`);
}
