import { partFile } from '../kit/index.ts';
import { describeRealServer, type RealServer } from './real-server.ts';

const script = partFile('@modelcontextprotocol/server-everything/dist/index.js');

const everything: RealServer = {
  name: 'server-everything',
  script: [script],
  stdio: true,
  eras: ['legacy'],
  capabilities: [
    {},
    { sampling: {}, elicitation: {} },
    { sampling: {}, elicitation: { form: {}, url: {} }, tasks: {} },
  ],
  harmless: () => ({ name: 'echo', arguments: { message: 'héllo' } }),
  forbidden: () => ({ name: 'get-sum', arguments: { a: 40, b: 2 } }),
  http: {
    script: () => [script, 'streamableHttp'],
    env: (port) => ({ PORT: String(port) }),
    path: '/mcp',
    ready: /listening on port/i,
    transport: 'http',
  },
};

describeRealServer(everything);
describeRealServer({
  ...everything,
  stdio: false,
  http: {
    script: () => [script, 'sse'],
    env: (port) => ({ PORT: String(port) }),
    path: '/sse',
    ready: /running on port|listening on port/i,
    transport: 'sse',
  },
});
