/** What the load sends and the upstream answers. The tools, the policy over them and the calls fit each other. */
export const toolName = (index) => `tool_${String(index).padStart(2, '0')}`;
const DENIED_TOOL = 'tool_denied';
/** In every answer to a call that passed, and in every refusal. */
export const PASSED = 'the record that was asked for';
export const REFUSED = '[POLICY DENIED]';

const MODERN = '2026-07-28';
const CLIENT = { name: 'bench', version: '1' };
const text = { type: 'string' };
const describeTool = (name) => ({
  name,
  description: 'Reads one record.',
  inputSchema: {
    type: 'object',
    properties: { path: text, amount: { type: 'number' }, env: text, pad: text },
  },
});

const RULES = {
  require: [
    { conditions: [{ path: 'args.amount', op: 'lte', value: 1000 }] },
    { conditions: [{ path: 'args.path', op: 'starts_with', value: '/srv/' }] },
  ],
  deny_if: [{ conditions: [{ path: 'args.env', op: 'eq', value: 'production' }] }],
  limits: [{ counter: 'calls', window: 'minute', max: 1_000_000_000, scope: 'grant' }],
};

/** So many tools, three argument rules each, and one limit. */
export const policyFor = (count) => policyOf(count, RULES);

/** The same rules, two of them and the limit said once: a text that stays below the size that a policy may have. */
export function sharedPolicyFor(count) {
  const { require: required, ...shared } = RULES;
  const [amount, path] = required;
  return { ...policyOf(count, { require: [amount] }), all_tools: { ...shared, require: [path] } };
}

function policyOf(count, rules) {
  const names = Array.from({ length: count }, (_, index) => toolName(index));
  return {
    version: '1',
    default: 'deny',
    tools: {
      ...Object.fromEntries(names.map((name) => [name, rules])),
      [DENIED_TOOL]: { deny_if: [{ conditions: [], on_deny: 'Never.' }] },
    },
  };
}

/** Method and result in turn, each ended by NUL: what an upstream with so many tools answers. */
export function answersFor(count) {
  const info = { capabilities: { tools: {} }, serverInfo: CLIENT };
  const tools = [...Array.from({ length: count }, (_, index) => toolName(index)), DENIED_TOOL].map(
    describeTool,
  );
  const complete = { resultType: 'complete' };
  const fresh = { ttlMs: 0, cacheScope: 'private' };
  return Object.entries({
    initialize: { protocolVersion: '2025-11-25', ...info },
    'server/discover': { ...complete, ...fresh, supportedVersions: [MODERN], ...info },
    'tools/list': { ...complete, ...fresh, tools },
    'tools/call': {
      ...complete,
      content: [{ type: 'text', text: `${PASSED} ${'x'.repeat(32)}` }],
      isError: false,
    },
  })
    .flatMap(([method, result]) => [`${method}\0`, `${JSON.stringify(result)}\0`])
    .join('');
}

/**
 * The requests of one connection as [body, headers]: what opens a session (nothing in the modern era), and last the call.
 * @param bytes the size of the call's body
 */
export function requestsFor({ era, bytes, denied }) {
  const name = denied ? DENIED_TOOL : toolName(7);
  const call = (pad, meta) => ({
    jsonrpc: '2.0',
    id: '@number@@',
    method: 'tools/call',
    params: {
      name,
      arguments: { path: '/srv/data/file.txt', amount: 12, env: 'staging', pad: 'p'.repeat(pad) },
      ...(meta === undefined ? {} : { _meta: meta }),
    },
  });
  // The mark of the number stands for digits, so it has no quotes.
  const bodyOf = (message) => JSON.stringify(message).replace('"@number@@"', '@number@@');
  const sized = (meta) => bodyOf(call(Math.max(0, bytes - bodyOf(call(0, meta)).length), meta));
  if (era === 'modern') {
    const meta = {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientInfo': CLIENT,
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    return [[sized(meta), { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': name }]];
  }
  const session = { 'mcp-session-id': '@session@', 'mcp-protocol-version': '2025-11-25' };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: CLIENT };
  return [
    [JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }), {}],
    [JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }), session],
    [sized(), session],
  ];
}

/** The same as bytes for the load tool, separated by NUL. */
export function scriptFor(requests, { port, path, token }) {
  return requests
    .map(([body, headers]) => {
      const all = {
        host: `127.0.0.1:${port}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
        'content-length': Buffer.byteLength(body),
      };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
      return `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
    })
    .join('\0');
}
