/** The arguments of a message that reached a server: strings decoded, numbers as they are spelled, blanks left out. */
import { MARK } from './path.ts';

const TOKEN = /"(?:[^"\\]|\\.)*"|[-+0-9.eE]+|true|false|null|[[\]{}:,]/g;

/** One spelling for texts that every exact reader takes for the same value. */
export function exactText(json: string): string {
  return [...json.matchAll(TOKEN)]
    .map(([token]) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token))
    .join('');
}

const CALL = /"method":"tools\/call"/;
const ARGUMENTS = /"arguments":/;

/** Marks and arguments of the calls among messages, in order; messages of other kinds are passed over. */
export function callsAmong(messages: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const text of messages) {
    if (!CALL.test(text)) continue;
    const { params } = JSON.parse(text) as { params: { _meta?: Record<string, string> } };
    const mark = params._meta?.[MARK] ?? 'no mark';
    // The arguments stand last in the messages that we send; what follows closes params and the message.
    const after = text.slice(ARGUMENTS.exec(text)!.index + '"arguments":'.length);
    const args = exactText(after).slice(0, -2);
    found.set(mark, [...(found.get(mark) ?? []), args]);
  }
  return found;
}
