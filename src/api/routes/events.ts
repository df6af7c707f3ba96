import { z } from 'zod';
import { route } from '../contract.ts';
import { pageQuery, pageShape } from '../page.ts';
import { time, timeText } from '../shapes/values.ts';

const eventShape = z
  .strictObject({
    id: z.string(),
    at: time,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.unknown(),
  })
  .meta({ id: 'Event' });

export const eventRoutes = [
  route(
    {
      method: 'GET',
      path: '/events',
      role: 'admin',
      summary: 'Who changed what, newest first',
      query: pageQuery,
      status: 200,
      answer: pageShape(eventShape),
    },
    async ({ services: { registry }, query: { limit, cursor } }) => {
      const request = {
        ...(limit === undefined ? {} : { limit }),
        ...(cursor === undefined ? {} : { cursor }),
      };
      const { items, nextCursor } = await registry.store.events.page(registry.organization, request);
      const shown = items.map(({ id, at, actor, action, subject, detail }) => ({
        id,
        at: timeText(at),
        actor,
        action,
        subject,
        detail,
      }));
      return { body: { items: shown, nextCursor } };
    },
  ),
];
