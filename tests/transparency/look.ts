/** What a server says, as the text of its messages: order of members, unknown members and the spelling of numbers count. */
import type { Conversation } from './conversation.ts';
import type { Call } from './servers.ts';

const LISTS = ['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list'] as const;

/** By method the text of every page, or of the error. */
export type Look = Readonly<Record<string, readonly string[]>>;

/** Asks for everything that a client can list, makes one call, and hangs up. `differs` is blotted out. */
export async function look(
  conversation: Conversation,
  call: Call,
  differs: readonly string[] = [],
): Promise<Look> {
  const { opening, request, close } = conversation;
  const seen: Record<string, string[]> = { opening: [opening.text] };
  try {
    for (const method of LISTS) seen[method] = await pages(request, method);
    seen['tools/call'] = [(await request('tools/call', { ...call })).text];
  } finally {
    await close();
  }
  const expressions = differs.map((source) => new RegExp(source, 'g'));
  const steady = (text: string): string => expressions.reduce((rest, one) => rest.replace(one, '…'), text);
  return Object.fromEntries(Object.entries(seen).map(([method, texts]) => [method, texts.map(steady)]));
}

async function pages(request: Conversation['request'], method: string): Promise<string[]> {
  const texts: string[] = [];
  let cursor: unknown;
  do {
    const { text, message } = await request(method, cursor === undefined ? {} : { cursor });
    texts.push(text);
    cursor = message.result?.nextCursor;
  } while (cursor !== undefined);
  return texts;
}
