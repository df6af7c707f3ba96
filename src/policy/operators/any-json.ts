/** A value of any kind, but not none. */
import * as z from 'zod';
import type { Json } from '../../json.ts';

export const anyJson: z.ZodType<Json> = z.unknown().refine((value) => value !== undefined, { error: 'Expected a value.' }) as unknown as z.ZodType<Json>;
