/** mcp-remote: the bridge that stdio-only clients put in front of an HTTP server. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partFile } from '../folders.ts';
import { stdioServer, type StdioPeer } from '../stdio.ts';

/** Starts it as a stdio server whose other end is `url`. */
export function mcpRemote(url: string, token: string): StdioPeer {
  const args = [
    url,
    '--allow-http',
    '--transport',
    'http-only',
    '--header',
    `Authorization: Bearer ${token}`,
  ];
  const home = mkdtempSync(join(tmpdir(), 'portcullis-mcp-remote-'));
  return stdioServer(process.execPath, [partFile('mcp-remote/dist/proxy.js'), ...args], {
    env: { MCP_REMOTE_CONFIG_DIR: home },
  });
}
