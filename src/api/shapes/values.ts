/** Values that several shapes share. */
import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '../../json.ts';

/** Passed on as it is: a copy could lose members that a policy must see. */
export const jsonObject = z
  .unknown()
  .refine(isObject, 'Expected an object.')
  .transform((value) => value as JsonObject)
  .meta({ type: 'object' });

/** A policy in any accepted spelling: an object, or JSON or YAML text. */
export const policySource = z
  .unknown()
  .refine(
    (value) => typeof value === 'string' || isObject(value),
    'Expected a policy: an object, or a string of JSON or YAML.',
  )
  .transform((value) => value as Json)
  .meta({
    type: ['object', 'string'],
    description: 'A policy: an object in any accepted spelling, or JSON or YAML text',
  });

/** The last millisecond that dates reach (ECMAScript, time values). */
const LAST_MS = 8_640_000_000_000_000;

/** RFC 3339 text, or ms since the epoch; becomes ms. */
export const timeInput = z
  .union(
    [z.int().min(0).max(LAST_MS), z.iso.datetime({ offset: true })],
    'Expected a time: RFC 3339, or milliseconds since the epoch.',
  )
  .transform((value) => (typeof value === 'number' ? value : Date.parse(value)));

/** The same in a query, where everything is text. */
export const timeQuery = z
  .union(
    [z.string().regex(/^\d{1,15}$/), z.iso.datetime({ offset: true })],
    'Expected a time: RFC 3339, or milliseconds since the epoch.',
  )
  .transform((value) => (/^\d+$/.test(value) ? Number(value) : Date.parse(value)));

export const memberRole = z.enum(['admin', 'policy_manager', 'viewer']);

/** RFC 3339. */
export const time = z.iso.datetime();
export const source = z
  .enum(['api', 'cli', 'config'])
  .meta({ description: 'Who owns it; rows of config follow the configuration file' });

export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

export function timeTextOrNull(ms: number | null): string | null {
  return ms === null ? null : timeText(ms);
}
