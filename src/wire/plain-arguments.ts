/** Arguments whose text in a message is the text that they would be written as again. */
import { locate, locateMembers } from './locate.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Shorter ones are written again as fast as they are found. */
const LONG = 4_096;
const ARGUMENTS = ['params', 'arguments'];

/**
 * The JSON text of each long string argument that is spelled without escapes, by name.
 * @param message a message that `readMessage` has read: its strings hold no control characters and no half surrogates
 */
export function plainArguments(message: Buffer): ReadonlyMap<string, Buffer> | undefined {
  if (message.length < LONG) return undefined;
  const object = locate(message, ARGUMENTS);
  if (object === undefined || object.end - object.start < LONG) return undefined;
  const texts = new Map<string, Buffer>();
  for (const { name, start, end } of locateMembers(message, object.start) ?? []) {
    if (end - start < LONG || message[start] !== QUOTE) continue;
    const text = message.subarray(start, end);
    if (!text.includes(BACKSLASH)) texts.set(name, text);
  }
  return texts;
}
