import { z } from 'zod';
import { grantShape } from './grant.ts';
import { policyShape } from './policy.ts';
import { serverShape } from './server.ts';
import { time } from './values.ts';

export const inventoryShape = z
  .strictObject({
    server: serverShape,
    seenAt: time
      .nullable()
      .meta({ description: 'When the server last listed its tools; null when it never did' }),
    tools: z.array(
      z.strictObject({
        name: z.string(),
        class: z.string(),
        classes: z.array(z.string()),
        severity: z.string(),
        drifted: z.boolean(),
      }),
    ),
    policies: z.array(policyShape),
    grants: z.array(grantShape),
  })
  .meta({ id: 'Inventory' });
