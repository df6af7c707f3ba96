import { z } from 'zod';
import type { AdminEventRow } from '../../store/index.ts';
import { time, timeText } from './values.ts';

export const eventShape = z
  .strictObject({
    id: z.string(),
    at: time,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.unknown(),
  })
  .meta({ id: 'Event' });

export function showEvent({ id, at, actor, action, subject, detail }: AdminEventRow) {
  return { id, at: timeText(at), actor, action, subject, detail };
}
