/** Values in messages for people and models: JSON, cut short. */
import { ExactNumber, type Json } from '../../json.ts';

const MOST_CHARACTERS = 80;

export function show(value: Json): string {
  if (value instanceof ExactNumber) return cut(value.text);
  if (typeof value === 'string' && value.length > MOST_CHARACTERS) return cut(JSON.stringify(value.slice(0, MOST_CHARACTERS)));
  return cut(JSON.stringify(value, (_, member: unknown) => (member instanceof ExactNumber ? member.text : member)));
}

/** `a, b or c`. */
export function showList(values: readonly Json[]): string {
  const shown = values.slice(0, 8).map(show);
  if (values.length > shown.length) return `${shown.join(', ')} or one of ${values.length - shown.length} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)!}`;
}

function cut(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}
