/** Holds arguments that came without a message to the rules for messages, so that an asked verdict is the one a call gets. */
import { ExactNumber, type JsonObject } from '../json.ts';
import { readMessage } from '../wire/index.ts';

/** @throws PC_JSON_* when no call could carry them to a server of this kind */
export function checkArguments(tool: string, args: JsonObject, caseSensitive: boolean): void {
  const call = { jsonrpc: '2.0', id: 0, method: 'tools/call', params: { name: tool, arguments: args } };
  const text = JSON.stringify(call, (_, value: unknown) => (value instanceof ExactNumber ? 0 : value));
  readMessage(Buffer.from(text), { caseSensitiveArguments: caseSensitive });
}
