/** Whether JSON as it is judged is what JSON.parse makes of the same text. */
import { ExactNumber, type Json } from '../../../src/json.ts';

export function sameValue(judged: Json | undefined, parsed: unknown): boolean {
  if (judged instanceof ExactNumber)
    return typeof parsed === 'number' && Object.is(Number(judged.text), parsed);
  if (Array.isArray(judged))
    return (
      Array.isArray(parsed) &&
      judged.length === parsed.length &&
      judged.every((item, index) => sameValue(item as Json, parsed[index]))
    );
  if (typeof judged === 'object' && judged !== null) {
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return false;
    const [ours, theirs] = [Object.keys(judged), Object.keys(parsed)];
    return (
      ours.length === theirs.length &&
      ours.every((key) =>
        sameValue((judged as Record<string, Json>)[key], (parsed as Record<string, unknown>)[key]),
      )
    );
  }
  return Object.is(judged, parsed);
}
