/** Other MCP gateways from npm, installed on demand into the cache folder. The bridges among them stand in front of a command. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start } from '../process/children.mjs';
import { commandOf, install, versionOf } from '../process/install.mjs';

export function peers({ work, upstreamPort, cache, tools, answersFile }) {
  const bridged = [...tools.stdioUpstream, answersFile];
  const configuration = (name) => {
    const file = join(work, `${name}.json`);
    const server = { type: 'http', url: `http://127.0.0.1:${upstreamPort}/mcp` };
    writeFileSync(file, JSON.stringify({ mcpServers: { bench: server } }));
    return file;
  };
  const peer = (name, wanted, port, args) => ({
    name,
    isPeer: true,
    port,
    paths: { json: '/mcp' },
    // CPU and memory of the command behind a bridge are not the bridge's.
    without: 'upstream.mjs',
    version: () => versionOf(cache, name),
    lacks: () => install(cache, name, wanted),
    start: () =>
      start([process.execPath, commandOf(cache, name), '--port', String(port), ...args()], { core: 0 }),
  });
  return [
    peer('mcp-proxy', '6.7.19', 9105, () => ['--host', '127.0.0.1', '--server', 'stream', '--', ...bridged]),
    peer('supergateway', '4.0.0', 9106, () => [
      '--stdio',
      bridged.join(' '),
      '--outputTransport',
      'streamableHttp',
      '--stateful',
      '--logLevel',
      'none',
    ]),
    peer('mcp-hub', '4.2.1', 9107, () => ['--config', configuration('mcp-hub')]),
    peer('@1mcp/agent', 'latest', 9108, () => ['--config', configuration('1mcp')]),
  ];
}
