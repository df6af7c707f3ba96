import type { JsonObject } from '../json.ts';
import type { KnownTool } from '../upstreams/index.ts';

/** The input schema of the rare tool whose arguments travel as headers too (`x-mcp-header`); only for those it is parsed. */
export function annotatedSchema({ definition }: KnownTool): JsonObject | undefined {
  if (!definition.includes('x-mcp-header')) return undefined;
  return (JSON.parse(definition) as { inputSchema?: JsonObject }).inputSchema;
}
