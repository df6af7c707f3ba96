import { partFile } from '../kit/index.ts';
import { describeRealServer } from './real-server.ts';

const script = partFile('@upstash/context7-mcp/dist/index.js');

/** It cannot look anything up without a network; its answer then is the same text every time. */
describeRealServer({
  name: 'context7',
  script: [script],
  stdio: true,
  eras: ['legacy', 'modern'],
  capabilities: [{}],
  harmless: () => ({ name: 'resolve-library-id', arguments: { query: 'hooks', libraryName: 'react' } }),
  forbidden: () => ({ name: 'query-docs', arguments: { libraryId: '/facebook/react', query: 'hooks' } }),
  http: {
    script: (port) => [script, '--transport', 'http', '--port', String(port)],
    path: '/mcp',
    ready: /running on|listening/i,
    transport: 'http',
  },
});
