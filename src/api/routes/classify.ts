import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { classify } from '../../catalog/index.ts';
import type { JsonObject } from '../../json.ts';
import { route } from '../contract.ts';
import { jsonObject } from '../shapes/values.ts';

/** Definitions between which calls are served. */
const SLICE = 100;

const definition = jsonObject.refine(
  (value: JsonObject) => typeof value['name'] === 'string' && value['name'] !== '',
  'A definition needs a name.',
);

const classified = z
  .strictObject({
    name: z.string(),
    class: z.string(),
    classes: z.array(z.string()),
    severity: z.string(),
    confidence: z.number(),
    signals: z.array(z.string()),
    evidence: z.array(z.unknown()),
  })
  .meta({ id: 'Classification' });

export const classifyRoutes = [
  route(
    {
      method: 'POST',
      path: '/catalog/classify',
      role: 'viewer',
      summary: 'What tools can do, from their definitions alone',
      body: z.strictObject({
        server: z
          .union([
            z.string().max(500),
            z.strictObject({
              name: z.string().max(500).optional(),
              description: z.string().max(20_000).optional(),
            }),
          ])
          .optional()
          .meta({ description: 'What the server is called, or its name and description' }),
        tools: z.array(definition).max(1e4, 'There may be 10000 tools at most.'),
      }),
      status: 200,
      answer: z.strictObject({ items: z.array(classified) }),
    },
    async ({ body: { server, tools } }) => {
      const context = { server, siblings: tools };
      const items = [];
      for (const [index, tool] of tools.entries()) {
        if (index % SLICE === SLICE - 1) await nextTurn();
        const { class: gravest, classes, severity, confidence, signals, evidence } = classify(tool, context);
        items.push({ name: tool['name'], class: gravest, classes, severity, confidence, signals, evidence });
      }
      return { body: { items } };
    },
  ),
];
