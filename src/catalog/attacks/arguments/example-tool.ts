import type { JsonObject } from '../../../json.ts';
import type { ToolDefinition } from '../../types.ts';

/** A definition as a server would list it. A key that ends in `?` is optional, all others are required. */
export function exampleTool(name: string, description: string, properties: JsonObject = {}): ToolDefinition {
  const entries = Object.entries(properties);
  return {
    name,
    description,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([key, schema]) => [key.replace(/\?$/, ''), schema])),
      required: entries.map(([key]) => key).filter((key) => !key.endsWith('?')),
    },
  };
}

export const TEXT = { type: 'string' } as const;
export const NUMBER = { type: 'number' } as const;
export const COUNT = { type: 'integer', minimum: 0 } as const;
export const TEXTS = { type: 'array', items: TEXT } as const;
export const FLAG = { type: 'boolean' } as const;
