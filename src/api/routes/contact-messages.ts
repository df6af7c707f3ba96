import { z } from 'zod';
import { route } from '../contract.ts';
import { pageQuery, pageShape } from '../page.ts';
import { time } from '../shapes/values.ts';
import { showContactMessage } from '../shapes/contact-message.ts';

const messageShape = z
  .strictObject({
    id: z.string(),
    at: time,
    name: z.string(),
    email: z.string(),
    message: z.string(),
    page: z.string(),
    sender: z.string(),
  })
  .meta({ id: 'ContactMessage' });

export const contactMessageRoutes = [
  route(
    {
      method: 'GET',
      path: '/contact-messages',
      role: 'admin',
      installation: true,
      summary: 'Letters from the contact form, newest first',
      query: pageQuery,
      status: 200,
      answer: pageShape(messageShape),
    },
    async ({ services: { registry }, query: { limit, cursor } }) => {
      const request = { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) };
      const { items, nextCursor } = await registry.store.contactMessages.page(request);
      return { body: { items: items.map(showContactMessage), nextCursor } };
    },
  ),
];
