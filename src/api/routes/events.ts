import { route } from '../contract.ts';
import { pageQuery, pageShape } from '../page.ts';
import { eventShape, showEvent } from '../shapes/event.ts';

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
      return { body: { items: items.map(showEvent), nextCursor } };
    },
  ),
];
