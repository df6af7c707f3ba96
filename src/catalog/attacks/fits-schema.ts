import type { JsonObject } from '../../json.ts';
import { compileArgumentCheck } from '../../upstreams/index.ts';
import type { ToolDefinition } from '../types.ts';

type Check = (args: JsonObject) => string | undefined;

const anything: Check = () => undefined;
const compiled = new WeakMap<ToolDefinition, Check>();

/** Whether the tool's own schema takes these arguments, so that its server would. A schema that cannot be read takes all. */
export function fitsSchema(tool: ToolDefinition, args: JsonObject): boolean {
  let check = compiled.get(tool);
  if (check === undefined) {
    const result = tool.inputSchema === undefined ? undefined : compileArgumentCheck(tool.inputSchema);
    check = result !== undefined && 'check' in result ? result.check : anything;
    compiled.set(tool, check);
  }
  return check(args) === undefined;
}
