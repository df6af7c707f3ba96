/** Two servers like those of well-known catalogue pages, and a shop; texts written for tests. */
import { CODEFORGE_TOOLS, ORGO_TOOLS } from '../../classify/sample-tools.ts';
import type { SampleServer } from './memory-catalog.ts';
import { READ_AT } from './memory-catalog.ts';

export const ORGO: SampleServer = {
  slug: 'orgo-mcp',
  title: 'Orgo MCP Server',
  description: 'Lets an agent use computers in the cloud: look at the screen, click, type, and run programs.',
  version: '4.1.1',
  transports: ['stdio', 'http'],
  language: 'typescript',
  packages: [{ registry: 'npm', name: 'orgo-mcp', version: '4.1.1' }],
  repository: 'https://github.com/example/orgo-mcp',
  uses: 1843,
  provenance: [
    {
      source: 'registry',
      url: 'https://registry.example.com/v0/servers/orgo',
      at: READ_AT,
      gave: ['description', 'packages'],
    },
    { source: 'scan', url: null, at: READ_AT, gave: ['tools'] },
  ],
  definitions: ORGO_TOOLS.map(({ definition }) => definition),
};

export const CODEFORGE: SampleServer = {
  slug: 'codeforge-mcp',
  title: 'CodeForge MCP',
  transports: ['http'],
  language: 'typescript',
  remotes: [{ type: 'http', url: 'https://forge.example.com/mcp?team=a b' }],
  repository: 'https://github.com/example/codeforge-mcp',
  definitions: CODEFORGE_TOOLS.map(({ definition }) => definition),
};

const text = { type: 'string' };

export const SHOP: SampleServer = {
  slug: 'shop',
  title: 'Corner Shop',
  definitions: [
    { name: 'list_orders', description: 'Shows orders.' },
    {
      name: 'refund_payment',
      description: 'Gives a customer money back. This cannot be undone.',
      inputSchema: {
        type: 'object',
        properties: { payment_id: text, amount: { type: 'number' } },
        required: ['payment_id', 'amount'],
      },
    },
    {
      name: 'delete_customer',
      description: 'Removes a customer for good.',
      inputSchema: { type: 'object', properties: { id: text } },
    },
    {
      name: 'execute_job',
      description: 'execute_job',
      inputSchema: {
        type: 'object',
        properties: { script: { ...text, description: 'Python code' }, timeout: { type: 'number' } },
      },
    },
    {
      name: 'fetch_page',
      description: 'Fetches a page.',
      inputSchema: { type: 'object', properties: { url: text, save_path: text }, required: ['url'] },
    },
  ],
};

export const SAMPLES = [ORGO, CODEFORGE, SHOP] as const;
