/** One step into a value. Only own members of plain objects and elements of arrays exist; everything else is missing. */
import { ExactNumber, type Json, type JsonObject } from '../../json.ts';

export function readMember(value: Json | undefined, segment: string | number): Json | undefined {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return undefined;
  if (Array.isArray(value)) return typeof segment === 'number' ? (value as readonly Json[])[segment] : undefined;
  return typeof segment === 'string' && Object.hasOwn(value, segment) ? (value as JsonObject)[segment] : undefined;
}
