/** What an agent reads when a call was not made: a tool result it can reason about, in the form of its era. */
import { errorMessage, resultMessage, type Era, type RequestId } from '../wire/index.ts';

/** The `_meta` member that carries the machine-readable part. */
const META = 'dev.portcullis/decision';

/** A denial by policy. */
export function toolDenial(id: RequestId, era: Era, message: string, meta: object): Buffer {
  return failed(id, era, `[POLICY DENIED] ${message}`, meta);
}

/** A call that waits for a person, and was not made. */
export function approvalRequired(id: RequestId, era: Era, message: string, meta: object): Buffer {
  return failed(id, era, `[APPROVAL REQUIRED] ${message}`, meta);
}

/** A call that could not be carried out. */
export function toolFailure(id: RequestId, era: Era, message: string, meta: object): Buffer {
  return failed(id, era, `[GATEWAY ERROR] ${message}`, meta);
}

/** What servers say of a tool that they do not have (MCP, server/tools, error handling). */
export function unknownTool(id: RequestId, name: string): Buffer {
  return errorMessage(id, -32602, `Unknown tool: ${name}`);
}

function failed(id: RequestId, era: Era, text: string, meta: object): Buffer {
  const result = { content: [{ type: 'text', text }], isError: true, _meta: { [META]: meta } };
  return resultMessage(id, era === 'modern' ? { resultType: 'complete', ...result } : result);
}
