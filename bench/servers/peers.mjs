/** Other MCP gateways from npm, installed on demand into the cache folder. The bridges among them stand in front of a command. */
import { start } from '../process/children.mjs';
import { commandOf, install, versionOf } from '../process/install.mjs';

export function peers({ upstreamPort, cache, tools, answersFile }) {
  const bridged = [...tools.stdioUpstream, answersFile];
  const peer = (name, wanted, port, args = [], env = {}) => ({
    name,
    isPeer: true,
    port,
    paths: { json: '/mcp' },
    // CPU and memory of the command behind a bridge are not the bridge's.
    without: 'upstream.mjs',
    version: () => versionOf(cache, name),
    lacks: () => install(cache, name, wanted),
    start: () =>
      start([process.execPath, commandOf(cache, name), ...args], {
        core: 0,
        env: { ...process.env, ...env },
      }),
  });
  const bridge = (name, wanted, port, args) => peer(name, wanted, port, ['--port', String(port), ...args]);
  return [
    bridge('mcp-proxy', '6.7.19', 9105, ['--host', '127.0.0.1', '--server', 'stream', '--', ...bridged]),
    bridge('supergateway', '4.0.0', 9106, [
      '--stdio',
      bridged.join(' '),
      '--outputTransport',
      'streamableHttp',
      '--stateful',
      '--logLevel',
      'none',
    ]),
    {
      ...peer('mcp-hub', '4.2.1', 9107),
      lacks: () => 'it serves the transport of 2024-11-05 (HTTP+SSE) only',
    },
    peer('@1mcp/agent', 'latest', 9108),
    peer('@civic/passthrough-mcp-server', '0.12.1', 9109, [], {
      PORT: '9109',
      TARGET_SERVER_TRANSPORT: 'httpStream',
      TARGET_SERVER_URL: `http://127.0.0.1:${upstreamPort}`,
      TARGET_SERVER_MCP_PATH: '/mcp',
    }),
  ];
}
