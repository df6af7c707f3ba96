/** What a denial carries beside its text. */
import { expect } from 'vitest';
import { textOf, type ToolResult } from '../kit/index.ts';

export interface DenialMeta {
  readonly rule?: string;
  readonly retryAfterSeconds?: number;
}

/** Expects a tool result that denies, and gives its text and facts. */
export function denialOf(result: ToolResult): { text: string; meta: DenialMeta } {
  expect(result.isError).toBe(true);
  const text = textOf(result);
  expect(text).toMatch(/^\[POLICY DENIED\] /);
  const meta = result._meta?.['dev.portcullis/decision'];
  expect(meta).toBeTypeOf('object');
  return { text, meta: meta as DenialMeta };
}
