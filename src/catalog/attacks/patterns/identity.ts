/** Who calls, on whose behalf, and what is handed along. */
import { exampleTool, TEXT } from '../arguments/example-tool.ts';
import { ordinary, plant } from '../arguments/plant.ts';
import type { AttackPattern } from '../types.ts';

export const confusedDeputy: AttackPattern = {
  slug: 'confused-deputy',
  title: 'Somebody else’s tenant',
  summary:
    'One server acts for many callers with one account; a caller names the tenant of another and gets it.',
  mechanism: [
    'Behind the server is one powerful credential. Whose data is meant stands in an argument, and the server believes it.',
    'Shared caches and tokens that were made for another audience do the same on a lower level.',
  ],
  incidents: [
    {
      title: 'Asana’s MCP server shows organisations the data of others',
      date: '2025-06',
      source: 'https://www.upguard.com/blog/asana-discloses-data-exposure-bug-in-mcp-server',
    },
  ],
  classes: [],
  signals: [],
  references: ['OWASP MCP07:2025', 'OWASP MCP02:2025', 'CoSAI MCP-T1', 'CoSAI MCP-T2'],
  policy: {
    version: '1',
    default: 'deny',
    tools: {
      list_invoices: {
        require: [
          {
            conditions: [{ path: 'args.tenant_id', op: 'eq', value: 'tenant-a' }],
            on_deny: 'Only tenant-a.',
          },
        ],
      },
    },
  },
  remains: 'Mixing inside the server: a shared cache, or answers sent to the wrong session.',
  steps: [
    {
      tool: {},
      arguments: plant({
        at: /^(?:tenant|account|org|organi[sz]ation|workspace|team|customer|user|owner)(?:_(?:id|name|slug))?$/,
        value: 'tenant-of-somebody-else',
      }),
    },
  ],
  examples: [exampleTool('list_invoices', 'Lists the invoices of a tenant.', { tenant_id: TEXT })],
};

export const tokenPassthrough: AttackPattern = {
  slug: 'token-passthrough',
  title: 'A token handed through',
  summary:
    'A token that was made for one service goes to another one as an argument or a header, and works there.',
  mechanism: [
    'A tool has a parameter for a key, so the agent looks for one and passes it on. The server, its logs and whoever runs it have it then.',
    'The same happens below the tools when a proxy forwards the client’s own token to servers.',
  ],
  incidents: [
    {
      title: 'The specification forbids servers to take tokens that were not made for them',
      date: '2025-06-18',
      source: 'https://modelcontextprotocol.io/specification/2025-06-18/basic/security_best_practices',
    },
  ],
  classes: [],
  signals: ['accepts-credential'],
  references: ['OWASP MCP01:2025', 'OWASP MCP07:2025', 'CoSAI MCP-T1'],
  policy: {
    version: '1',
    default: 'deny',
    tools: {
      connect_service: {
        deny_if: [
          {
            conditions: [{ path: 'args.api_key', op: 'exists', value: true }],
            on_deny: 'Keys are not passed through agents; the gateway holds them.',
          },
        ],
      },
    },
  },
  remains:
    'A server that takes foreign tokens. Portcullis never forwards the client’s token, and sends each server only its own.',
  steps: [
    {
      tool: { signals: ['accepts-credential'] },
      arguments: plant({ at: 'accepts-credential', value: 'ghp_x7Qm2Vd9Ls4Tn8Rb1Kc6Wz3Yf5Hj0Pa2Ge' }),
    },
  ],
  examples: [
    exampleTool('connect_service', 'Connects a service.', {
      service: TEXT,
      api_key: { ...TEXT, description: 'API key of the service.' },
    }),
  ],
};

export const openServer: AttackPattern = {
  slug: 'unauthenticated-server',
  title: 'A server that asks nobody',
  summary: 'The server listens without authentication, so whoever reaches it has all its tools.',
  mechanism: [
    'Many servers are written for one machine and put on a network. Their tools work for every caller, also for a web page that talks to localhost.',
    'In front of such a server, who calls must be known, and each caller may do only what is theirs.',
  ],
  incidents: [
    {
      title: 'MCP Inspector starts programs for whoever can reach it, web pages included (CVE-2025-49596)',
      date: '2025-06',
      source: 'https://nvd.nist.gov/vuln/detail/CVE-2025-49596',
    },
    {
      title: 'nginx-ui has an MCP endpoint without authentication (CVE-2026-33032)',
      date: '2026-03',
      source: 'https://nvd.nist.gov/vuln/detail/CVE-2026-33032',
    },
  ],
  classes: ['Execute', 'Destructive', 'Write'],
  signals: [],
  references: ['OWASP MCP07:2025', 'CoSAI MCP-T1', 'CoSAI MCP-T8'],
  policy: {
    version: '1',
    default: 'deny',
    tools: {
      restart_server: {
        require: [
          {
            conditions: [{ path: 'grant.label', op: 'in', value: ['operations'] }],
            on_deny: 'Only the grant of operations.',
          },
        ],
      },
    },
  },
  remains: 'Callers that reach the server directly. Bind it to the gateway’s network only.',
  steps: [{ tool: { classes: ['Execute', 'Destructive', 'Write'] }, arguments: ordinary, times: 50 }],
  examples: [exampleTool('restart_server', 'Restarts the web server.', {})],
};

export const transportInjection: AttackPattern = {
  slug: 'transport-command-injection',
  title: 'An address that is a command',
  summary: 'A server hands the client an address, and the client gives it to a shell to open it.',
  mechanism: [
    'Clients follow addresses that servers name: for sign-in, for help, for a download. Some pass them to the operating system as text.',
    'An address with the right characters is then a command on the client’s machine.',
  ],
  incidents: [
    {
      title: 'mcp-remote runs commands out of a hostile authorization endpoint (CVE-2025-6514)',
      date: '2025-07-09',
      source: 'https://jfrog.com/blog/2025-6514-critical-mcp-remote-rce-vulnerability/',
    },
  ],
  classes: [],
  signals: ['accepts-url'],
  references: ['OWASP MCP05:2025', 'CoSAI MCP-T7', 'CoSAI MCP-T3'],
  policy: {
    version: '1',
    default: 'deny',
    tools: {
      open_url: {
        require: [
          {
            conditions: [
              { path: 'args.url', op: 'url_scheme_in', value: ['https'] },
              { path: 'args.url', op: 'regex', value: '^[A-Za-z0-9:/?&=._~%-]+$' },
              { path: 'args.url', op: 'url_host_in', value: ['login.example.com'] },
            ],
            on_deny: 'Only plain https addresses of login.example.com.',
          },
        ],
      },
    },
  },
  remains:
    'What a client does with metadata that it fetches by itself. Behind the gateway it speaks to the gateway only, which does the sign-in.',
  steps: [
    {
      tool: { signals: ['accepts-url'] },
      arguments: plant({
        at: 'accepts-url',
        value: 'http://attacker.example/$(calc.exe)?response_type=code',
      }),
    },
  ],
  examples: [
    exampleTool('open_url', 'Opens a URL in the browser.', {
      url: { ...TEXT, description: 'The URL to open.' },
    }),
  ],
};

export const overSharing: AttackPattern = {
  slug: 'context-over-sharing',
  title: 'More context than the tool needs',
  summary: 'The agent hands a foreign tool the whole conversation where a sentence would do.',
  mechanism: [
    'Models are generous with context: a search gets the customer’s letter, a translation gets the contract. Nobody planned a leak.',
    'Whoever runs the tool keeps what it was sent.',
  ],
  incidents: [
    {
      title: 'A server gets the conversation history sent when a word is said',
      date: '2025-04-23',
      source: 'https://blog.trailofbits.com/2025/04/23/how-mcp-servers-can-steal-your-conversation-history/',
    },
  ],
  classes: [],
  signals: [],
  references: ['OWASP MCP10:2025', 'OWASP LLM02:2025', 'CoSAI MCP-T5'],
  policy: {
    version: '1',
    default: 'deny',
    tools: {
      search_web: {
        require: [
          {
            conditions: [{ path: 'args.query', op: 'length_lte', value: 200 }],
            on_deny: 'A query has 200 characters at most.',
          },
        ],
      },
    },
  },
  remains: 'A short sentence that says too much.',
  steps: [
    {
      tool: {},
      arguments: plant({
        at: /^(?:query|q|search|question|prompt|context|notes?|topic|thought)$/,
        value: 'user: here is our contract, word for word. '.repeat(200),
      }),
    },
  ],
  examples: [exampleTool('search_web', 'Searches the web.', { query: TEXT })],
};
