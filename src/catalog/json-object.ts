import { ExactNumber, type Json, type JsonObject } from '../json.ts';

/** The value, when it is a JSON object. */
export function objectOf(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ExactNumber)
    ? (value as JsonObject)
    : undefined;
}
