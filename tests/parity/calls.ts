/** Calls: tools that the server lists, names that miss one by little, and arguments as texts. */
import fc from 'fast-check';
import TOOLS from './tools.json' with { type: 'json' };
import { anyValue, objectOf } from './values.ts';

export interface ToolCall {
  readonly tool: string;
  /** The JSON text of `arguments`. */
  readonly args: string;
}

export const TOOL_NAMES: readonly string[] = TOOLS.map(({ name }) => name);
const NEAR = ['read_notes', 'Read_note', 'write_not', 'delete_', 'gro\u0308ße_ändern', 'constructor'];

/** Arguments that two readers may take for different things: refused on every path. */
const UNREADABLE = fc.constantFrom(
  '{"mode":"a","mode":"note"}',
  '{"mode":"a","Mode":"note"}',
  '{"mode":"a","\\u006dode":"note"}',
  '{"path":"\\ud800"}',
  '{"amount":01}',
);

const calls: fc.Arbitrary<ToolCall> = fc.record({
  tool: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...TOOL_NAMES) },
    { weight: 1, arbitrary: fc.constantFrom(...NEAR) },
  ),
  args: fc.oneof({ weight: 20, arbitrary: objectOf(anyValue) }, { weight: 1, arbitrary: UNREADABLE }),
});

/** @param most of one case */
export const someCalls = (most: number): fc.Arbitrary<readonly ToolCall[]> =>
  fc.array(calls, { minLength: 1, maxLength: most, size: 'max' });
