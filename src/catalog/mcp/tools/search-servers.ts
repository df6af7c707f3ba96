import { z } from 'zod';
import { TOOL_CLASSES } from '../../../policy/index.ts';
import { TRANSPORTS } from '../../library/types.ts';
import { SEVERITY_LEVELS, SIGNALS } from '../../types.ts';
import { shownServer } from '../shown.ts';
import { mcpTool } from '../types.ts';

const DEFAULT_LIMIT = 10;

export const searchServers = mcpTool({
  name: 'search_servers',
  title: 'Search MCP servers',
  description:
    'Lists MCP servers by words and by what their tools can do. Answers with slug, packages, classes and severity, best first.',
  input: z.strictObject({
    query: z.string().max(500).optional().describe('Words; beginnings of words do'),
    class: z.enum(TOOL_CLASSES).optional().describe('Only servers with a tool of this class'),
    severity: z.enum(SEVERITY_LEVELS).optional().describe('Only servers with a tool of this severity'),
    signal: z.enum(SIGNALS).optional().describe('Only servers with a tool that has this trait'),
    transport: z.enum(TRANSPORTS).optional(),
    language: z.string().max(40).optional().describe('Of the package: typescript, python, go'),
    limit: z.int().min(1).max(25).optional(),
    cursor: z.string().max(200).optional().describe('nextCursor of the page before'),
  }),
  async run(catalog, { query, limit = DEFAULT_LIMIT, cursor, ...facets }) {
    const page = { limit, ...(cursor !== undefined && { cursor }) };
    const { items, nextCursor } = await catalog.searchServers({ ...facets, q: query }, page);
    return { servers: items.map(shownServer), nextCursor };
  },
});
