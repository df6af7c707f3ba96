/** The catalogue as an MCP server: what its tools are made of. */
import type { z } from 'zod';
import type { Catalog } from '../library/types.ts';

export interface CatalogMcpTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  /** The answer, as JSON. @throws PC_API_NOT_FOUND, PC_POLICY_INVALID and what the database throws: told to the model */
  readonly run: (catalog: Catalog, input: never) => Promise<object>;
}

/** Keeps a tool's arguments typed by its own schema. */
export function mcpTool<Input extends z.ZodObject>(
  tool: Omit<CatalogMcpTool, 'input' | 'run'> & {
    readonly input: Input;
    readonly run: (catalog: Catalog, input: z.output<Input>) => Promise<object>;
  },
): CatalogMcpTool {
  return tool;
}
