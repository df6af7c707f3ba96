/** Replaces what must not come back by `[redacted: <what>]`. */
import { ASSIGNMENT, EMAILS, isSecretName, SECRETS, type Pattern } from './patterns.ts';

const MARK = '[redacted: ';
/** Shorter values of a secret name are words like `true` or `none`; the same bound as for assignments in a text. */
const SHORTEST_SECRET = 6;

/**
 * @param kinds `secrets`, `emails`
 * @param member name of the member that the text is the value of, if any: `password` makes any text a secret
 */
export function redact(text: string, kinds: readonly string[], member?: string): string {
  let clean = text;
  if (kinds.includes('secrets')) {
    if (member !== undefined && text.length >= SHORTEST_SECRET && isSecretName(member))
      return `${MARK}${ASSIGNMENT.label}]`;
    for (const pattern of SECRETS) clean = withoutMatches(clean, pattern);
    clean = withoutAssignments(clean);
  }
  if (kinds.includes('emails')) for (const pattern of EMAILS) clean = withoutMatches(clean, pattern);
  return clean;
}

function withoutMatches(text: string, { hint, pattern, label }: Pattern): string {
  return hint.test(text) ? pattern.matcher(text).replaceAll(`${MARK}${label}]`) : text;
}

/** The name stays, and so do the quotes: a text that is JSON itself stays JSON. */
function withoutAssignments(text: string): string {
  const { hint, pattern, label } = ASSIGNMENT;
  if (!hint.test(text)) return text;
  const matcher = pattern.matcher(text);
  let clean = '';
  let copied = 0;
  while (matcher.find()) {
    const valueAt = matcher.end(1);
    const quote = text[valueAt] === '"' || text[valueAt] === "'" ? text[valueAt]! : '';
    if (text.startsWith(MARK, valueAt + quote.length)) continue;
    clean += `${text.slice(copied, valueAt)}${quote}${MARK}${label}]`;
    copied = matcher.end();
  }
  return copied === 0 ? text : clean + text.slice(copied);
}
